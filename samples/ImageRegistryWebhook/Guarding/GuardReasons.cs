namespace ImageRegistryWebhook.Guarding;

/// <summary>The beginnings of reasons by which a guard policy denies more than the webhook, or earlier. docs/guard-policy.md explains each.</summary>
internal static class GuardReasons
{
    /// <summary>The kubelet cannot read the image either.</summary>
    public const string Invalid = "invalid: it is not an image reference, or only the id of an image on the node";

    /// <summary>The registry is written in a way that CEL cannot compare.</summary>
    public const string Spelling = "spelling";

    /// <summary>The message about such a registry.</summary>
    public const string SpellingText = Spelling + ": its registry is written in a way that a policy cannot compare; write the host in its usual form";

    /// <summary>The webhook would have rewritten the image.</summary>
    public const string Rewrite = "rewrite";

    /// <summary>Only a look-up in a registry could tell that the image is kept.</summary>
    public const string LookUp = "look-up";

    /// <summary>The lock file has too many images for an expression.</summary>
    public const string Lock = "lock: it has no digest, and the lock file has too many images for a policy";
}
