namespace AdmissionSdk.Patching.Limits;

/// <summary>An edit cannot be sent as a patch. The message names the path and the reason; never a value.</summary>
internal sealed class PatchException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Tells if this library is at fault: it was about to send a wrong patch.</summary>
    public bool IsDefect { get; init; }
}
