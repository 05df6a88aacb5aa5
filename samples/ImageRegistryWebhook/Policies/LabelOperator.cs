namespace ImageRegistryWebhook.Policies;

/// <summary>Operators of Kubernetes' label selectors.</summary>
internal enum LabelOperator
{
    In,
    NotIn,
    Exists,
    DoesNotExist,
}
