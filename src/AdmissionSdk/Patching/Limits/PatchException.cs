namespace AdmissionSdk.Patching.Limits;

/// <summary>An edit cannot be sent as a patch. The message names the path and why; never a value.</summary>
internal sealed class PatchException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether it is a fault of this library: it was about to send what it should not.</summary>
    public bool IsDefect { get; init; }
}
