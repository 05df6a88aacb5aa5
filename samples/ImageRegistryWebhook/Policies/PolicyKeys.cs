namespace ImageRegistryWebhook.Policies;

/// <summary>The keys of each part of a policy file, for the reader and the schema.</summary>
internal static class PolicyKeys
{
    /// <summary>The key by which an editor finds the schema; ignored by the reader.</summary>
    public const string Schema = "$schema";

    public static readonly string[] Policy = ["rules", "default", "require", "pin", "check", "record", Schema];
    public static readonly string[] Rule = ["name", "match", "action", "target", "path", "imagePullSecrets", "message", "guard"];
    public static readonly string[] Match =
        ["registries", "repositories", "tags", "digest", "namespaces", "notNamespaces", "namespaceLabels", "podLabels", "containers", "users"];

    public static readonly string[] Selector = ["matchLabels", "matchExpressions"];
    public static readonly string[] Expression = ["key", "operator", "values"];
    public static readonly string[] Require = ["digest", "tag", "forbidTags"];
    public static readonly string[] Pin = ["lockFile", "registryLookup", "onMiss"];
    public static readonly string[] Check = ["exists", "timeout", "cache"];
    public static readonly string[] Record = ["annotation", "warning", "audit"];
    public static readonly string[] Lock = ["version", "images"];
}
