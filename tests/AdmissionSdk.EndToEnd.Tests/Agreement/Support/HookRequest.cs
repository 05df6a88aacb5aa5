namespace AdmissionSdk.EndToEnd.Tests.Agreement;

/// <summary>What a webhook got, as HTTP.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="Headers">The headers that the API server's client chooses.</param>
/// <param name="Body">The review.</param>
internal sealed record HookRequest(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public static IReadOnlyList<string> HeaderNames { get; } = ["Accept", "Accept-Encoding", "Content-Type", "User-Agent"];
}
