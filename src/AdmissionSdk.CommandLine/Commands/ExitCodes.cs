namespace AdmissionSdk.CommandLine.Commands;

/// <summary>What a command tells the shell.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The command worked, and found drift or errors.</summary>
    public const int Findings = 1;

    /// <summary>The command could not work: wrong arguments, no cluster, no right.</summary>
    public const int Failure = 2;
}
