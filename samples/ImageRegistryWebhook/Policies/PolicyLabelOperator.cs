namespace ImageRegistryWebhook.Policies;

/// <summary>Operators of Kubernetes' label selectors.</summary>
internal enum PolicyLabelOperator
{
    In,
    NotIn,
    Exists,
    DoesNotExist,
}
