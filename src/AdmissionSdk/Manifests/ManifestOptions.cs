using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.Manifests;

/// <summary>The facts that generated objects need beyond the webhooks themselves: where the application runs and how the API server reaches it.</summary>
public sealed partial class ManifestOptions
{
    /// <summary>The value of the label <c>app.kubernetes.io/managed-by</c> on everything generated.</summary>
    internal const string ManagedBy = "admission-sdk";

    /// <summary>The port of a Service that does not name another port.</summary>
    internal const int DefaultServicePort = 443;

    /// <summary>The newest Kubernetes version that the SDK knows.</summary>
    internal static readonly Version NewestKubeVersion = new(1, 37);

    /// <summary>The oldest Kubernetes version that the SDK supports.</summary>
    internal static readonly Version OldestKubeVersion = new(1, 20);

    /// <summary>The application's name, a DNS label: the default name of the Service and of everything else.</summary>
    public required string App { get; set; }

    /// <summary>The namespace the application runs in. Exempt from its own webhooks unless they are set not to.</summary>
    /// <value>The default is <see cref="App"/>.</value>
    [AllowNull]
    public string Namespace { get => field ?? App; set; }

    /// <summary>The Service the API server calls.</summary>
    /// <value>The default is <see cref="App"/>.</value>
    [AllowNull]
    public string ServiceName { get => field ?? App; set; }

    /// <summary>The Service's port.</summary>
    /// <value>The default is 443, as in Kubernetes.</value>
    public int ServicePort { get; set; } = DefaultServicePort;

    /// <summary>The PEM certificates that the API server trusts for the webhook.</summary>
    /// <value>The default is null: something else fills it in, such as cert-manager, or the API server's own roots are enough.</value>
    public byte[]? CaBundle { get; set; }

    /// <summary>The address to call instead of a Service, without the webhook's path. For API servers outside the cluster's network, and for static manifests.</summary>
    /// <value>The default is null: the Service is called.</value>
    public Uri? Url { get; set; }

    /// <summary>The cert-manager Certificate, <c>namespace/name</c>, from which cert-manager's CA injector fills the CA bundle.</summary>
    /// <value>The default is null: none.</value>
    public string? InjectCaFrom { get; set; }

    /// <summary>True if the configurations are files for the API server's <c>staticManifestsDir</c> (beta and on by default from Kubernetes 1.37, alpha in 1.36): their names end in <c>.static.k8s.io</c>, and they need a <see cref="Url"/>.</summary>
    /// <value>The default is false.</value>
    public bool StaticManifests { get; set; }

    /// <summary>The Kubernetes version that will read what is generated.</summary>
    /// <value>The default is 1.37, the newest known.</value>
    public Version KubeVersion { get; set; } = NewestKubeVersion;

    /// <summary>True to make the guard policies of webhooks that have one, beside the webhook configurations.</summary>
    /// <value>The default is true.</value>
    public bool GuardPolicies { get; set; } = true;

    /// <summary>True if configurations carry a mark of the code's registration, for an application that puts its registration back.</summary>
    internal bool MarksRegistration { get; set; }

    /// <summary>
    /// The name of the generated webhook configurations: <see cref="App"/> and <see cref="Namespace"/>, separated by a dot. Neither can contain
    /// a dot, so two applications, or one application in two namespaces, never overwrite one another.
    /// </summary>
    internal string ConfigurationName => $"{App}.{Namespace}{(StaticManifests ? ".static.k8s.io" : "")}";

    /// <summary>The labels of everything generated; together they tell this installation's objects from all others.</summary>
    internal IReadOnlyDictionary<string, string> Labels => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["app.kubernetes.io/name"] = App,
        ["app.kubernetes.io/instance"] = Namespace,
        ["app.kubernetes.io/managed-by"] = ManagedBy,
    };

    /// <summary>Copies the options and changes the copy.</summary>
    internal ManifestOptions With(Action<ManifestOptions> change)
    {
        var copy = (ManifestOptions)MemberwiseClone();
        change(copy);
        return copy;
    }
}
