namespace AdmissionSdk.Manifests;

/// <summary>One place where a webhook configuration in the cluster is not what the code says.</summary>
/// <param name="Configuration">Kind and name, such as <c>MutatingWebhookConfiguration/registry.hooks</c>.</param>
/// <param name="Path">The field, such as <c>webhooks[images.registry.example.com].timeoutSeconds</c>; empty for the whole object.</param>
/// <param name="Code">The value that the code says, as JSON; null when it has none.</param>
/// <param name="Cluster">The value in the cluster, as JSON; null when it has none.</param>
internal sealed record FieldDrift(string Configuration, string Path, string? Code, string? Cluster)
{
    /// <summary>The place and both values in one line.</summary>
    /// <returns>For example <c>webhooks[a.b.c].timeoutSeconds: 5 in the code, 9 in the cluster</c>.</returns>
    public override string ToString() => $"{(Path.Length == 0 ? "the object" : Path)}: {Code ?? "nothing"} in the code, {Cluster ?? "nothing"} in the cluster";
}
