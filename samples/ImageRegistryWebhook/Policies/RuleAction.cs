namespace ImageRegistryWebhook.Policies;

/// <summary>What a rule does with the images it matches.</summary>
internal enum RuleAction
{
    Allow,
    Warn,
    Rewrite,
    Deny,
}
