namespace ImageRegistryWebhook.Policies;

/// <summary>Names of deciding parts that are not rules. A rule cannot have such a name.</summary>
internal static class PolicyRuleNames
{
    public const string Default = "default";
    public const string Invalid = "invalid";
    public const string Require = "require";
    public const string Pin = "pin";
    public const string Check = "check";

    public static readonly IReadOnlyList<string> Reserved = [Default, Invalid, Require, Pin, Check];
}
