namespace AdmissionSdk.CommandLine.Commands;

/// <summary>The exit codes of all commands.</summary>
internal static class CommandExitCodes
{
    /// <summary>The command worked, and found nothing.</summary>
    public const int Success = 0;

    /// <summary>The command worked, and found drift, errors or denied objects.</summary>
    public const int Findings = 1;

    /// <summary>The command could not work: wrong arguments, an unreachable cluster, or a missing right.</summary>
    public const int Failure = 2;
}
