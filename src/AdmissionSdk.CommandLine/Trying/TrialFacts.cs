namespace AdmissionSdk.CommandLine.Trying;

/// <summary>The parts of a request that a manifest does not have.</summary>
internal sealed record TrialFacts
{
    public required string Namespace { get; init; }

    public required string User { get; init; }

    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>The operation; null for the usual operation of the manifest.</summary>
    public Operation? Operation { get; init; }

    /// <summary>The resource as <c>group/version/resource/subresource</c>; null for the resource of the manifest's kind.</summary>
    public string? Resource { get; init; }

    /// <summary>The name of the object; null for the name in the manifest.</summary>
    public string? Name { get; init; }
}
