namespace ImageRegistryWebhook.Commands;

/// <summary>How the commands end.</summary>
internal static class ImageExitCodes
{
    public const int Clean = 0;

    /// <summary>There are images that the policy refuses.</summary>
    public const int Violations = 1;

    /// <summary>The policy, a file or the command line is wrong.</summary>
    public const int BadInput = 2;
}
