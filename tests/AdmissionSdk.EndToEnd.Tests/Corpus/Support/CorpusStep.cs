namespace AdmissionSdk.EndToEnd.Tests.Corpus.Support;

/// <summary>A verb on a resource or subresource that the API server offers, and that reaches webhooks.</summary>
/// <param name="GroupVersion">The API version in which the request is made.</param>
/// <param name="Resource">The resource, with its subresource behind a slash.</param>
/// <param name="Verb">The verb of discovery.</param>
/// <param name="Kind">The kind of the body.</param>
/// <param name="BodyVersion">The API version of the body.</param>
/// <param name="Namespaced">True if the resource has a namespace.</param>
internal sealed record CorpusStep(string GroupVersion, string Resource, string Verb, string Kind, string BodyVersion, bool Namespaced)
{
    public string Key => $"{GroupVersion} {Resource} {Verb}";

    public string Group => GroupVersion.Contains('/', StringComparison.Ordinal) ? GroupVersion.Split('/')[0] : "";

    public string Main => Resource.Split('/')[0];

    public string Subresource => Resource.Contains('/', StringComparison.Ordinal) ? Resource.Split('/')[1] : "";

    public bool IsConnect => Kind.EndsWith("ProxyOptions", StringComparison.Ordinal) || Kind is "PodExecOptions" or "PodAttachOptions" or "PodPortForwardOptions";
}
