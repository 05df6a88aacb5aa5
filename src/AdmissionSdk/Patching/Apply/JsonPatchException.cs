namespace AdmissionSdk.Patching;

/// <summary>A JSON Patch is malformed or does not apply.</summary>
public sealed class JsonPatchException : Exception
{
    internal JsonPatchException(int operationIndex, string path, string reason)
        : base(operationIndex < 0 ? $"the patch is malformed: {reason}" : $"operation {operationIndex} on \"{path}\": {reason}")
    {
        OperationIndex = operationIndex;
        Path = path;
        Reason = reason;
    }

    /// <summary>Which operation, counted from 0; -1 when the patch as a whole is malformed.</summary>
    public int OperationIndex { get; }

    /// <summary>The place it works on.</summary>
    public string Path { get; }

    /// <summary>Why it does not apply.</summary>
    public string Reason { get; }
}
