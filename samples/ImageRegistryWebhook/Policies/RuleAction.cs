namespace ImageRegistryWebhook.Policies;

/// <summary>The action of a rule on the images that match.</summary>
internal enum RuleAction
{
    Allow,
    Warn,
    Rewrite,
    Deny,
}
