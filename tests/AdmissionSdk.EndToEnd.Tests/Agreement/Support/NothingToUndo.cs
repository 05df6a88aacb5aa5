namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>A simulator ends with its scenario.</summary>
internal sealed class NothingToUndo : IAsyncDisposable
{
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
