namespace AdmissionSdk;

/// <summary>
/// The most that a response says, in characters (Unicode code points). Whoever writes the object chooses how much there is to say of it: without limits a
/// pod of 5 MB is answered with 50, which the API server reads, logs and passes on.
/// </summary>
internal static class ResponseLimits
{
    /// <summary>The message of a denial. Several screens: more than anybody reads.</summary>
    public const int MessageLength = 4096;

    /// <summary>The line of a failure. The API server reads no more than 2,048 bytes of it (contract 9.2).</summary>
    public const int FailureLength = 2048;

    /// <summary>The reason of a denial or of a cause, and the names that kubectl prints before causes.</summary>
    public const int NameLength = 256;

    /// <summary>The causes of a denial; one more says how many are left out.</summary>
    public const int Causes = 64;

    /// <summary>The message of a cause, and its field.</summary>
    public const int CauseLength = 1024;

    /// <summary>One warning (contract 16.3).</summary>
    public const int WarningLength = 256;

    /// <summary>All warnings of the handlers. The API server takes 4,096 for one request (contract 16.3); one warning more must have room, which this library adds.</summary>
    public const int WarningsLength = 4096 - WarningLength;

    /// <summary>The audit annotations; one more says how many are left out.</summary>
    public const int Annotations = 64;

    /// <summary>The value of an audit annotation.</summary>
    public const int AnnotationLength = 1024;
}
