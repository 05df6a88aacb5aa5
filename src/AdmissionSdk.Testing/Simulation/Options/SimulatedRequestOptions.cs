namespace AdmissionSdk.Testing.Simulation;

/// <summary>Options of a request: user, namespace, subresource and more. The defaults are those of a cluster administrator in namespace <c>default</c>.</summary>
public sealed class SimulatedRequestOptions
{
    /// <summary>The namespace of an object without a namespace. Default <c>default</c>; ignored for cluster-scoped resources.</summary>
    public string Namespace { get; set; } = "default";

    /// <summary>The user's name. Default <c>kubernetes-admin</c>.</summary>
    public string User { get; set; } = "kubernetes-admin";

    /// <summary>The user's uid. Empty by default, and then left out of the review.</summary>
    public string UserUid { get; set; } = "";

    /// <summary>The user's groups. Default <c>system:masters</c> and <c>system:authenticated</c>.</summary>
    public IReadOnlyList<string> Groups { get; set; } = ["system:masters", "system:authenticated"];

    /// <summary>The user's extra attributes. None by default.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; set; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>True for a dry run, which stores nothing. Default false.</summary>
    public bool DryRun { get; set; }

    /// <summary>
    /// The subresource: status, scale, resize, ephemeralcontainers, finalize, approval (update and patch), eviction, binding, token (create).
    /// Default empty: the object itself.
    /// </summary>
    public string Subresource { get; set; } = "";

    /// <summary>The resource whose subresource is written, as <c>pods</c> or <c>deployments.apps</c>, if the object's kind does not imply the resource.</summary>
    public string Resource { get; set; } = "";

    /// <summary>The name of the object whose subresource is created, where the body has no name (token). Empty by default.</summary>
    public string Name { get; set; } = "";

    /// <summary>The field manager in the options of the review. Empty by default, and then left out.</summary>
    public string FieldManager { get; set; } = "";

    /// <summary>
    /// The treatment of fields that the schema of a custom resource does not know: Ignore, Warn, Strict. Empty by default, and then left out of
    /// the review and the same as Warn; kubectl sends Strict. For built-in kinds the value is in the review only.
    /// </summary>
    public string FieldValidation
    {
        get;
        set => field = value is "" or "Ignore" or "Warn" or "Strict"
            ? value
            : throw new ArgumentException($"FieldValidation is Ignore, Warn or Strict, not \"{value}\".", nameof(value));
    } = "";

    /// <summary>The user's <c>?timeout=</c>, which counts if between 0 and 60 seconds. Null by default.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>The grace period of a delete, in seconds. Null by default: the pod's own.</summary>
    public long? GracePeriodSeconds { get; set; }

    /// <summary>The propagation policy of a delete: Orphan, Background, Foreground. Null by default.</summary>
    public string? PropagationPolicy { get; set; }

    /// <summary>The labels the items of a delete-collection must have. None by default: all items of the namespace.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();

    /// <summary>Copies the options, so that a later change does not reach a running request.</summary>
    internal SimulatedRequestOptions Copy() => (SimulatedRequestOptions)MemberwiseClone();
}
