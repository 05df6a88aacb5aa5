namespace ImageRegistryWebhook.Commands;

/// <summary>Exit codes of the image commands.</summary>
internal static class ImageExitCodes
{
    public const int Clean = 0;

    /// <summary>The policy denies some images.</summary>
    public const int Violations = 1;

    /// <summary>The policy, a file or the command line is wrong.</summary>
    public const int BadInput = 2;
}
