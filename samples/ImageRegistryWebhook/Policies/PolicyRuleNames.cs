namespace ImageRegistryWebhook.Policies;

/// <summary>Names for what decides when it is no rule. Rules cannot have them.</summary>
internal static class PolicyRuleNames
{
    public const string Default = "default";
    public const string Invalid = "invalid";
    public const string Require = "require";
    public const string Pin = "pin";
    public const string Check = "check";

    public static readonly IReadOnlyList<string> Reserved = [Default, Invalid, Require, Pin, Check];
}
