using AdmissionSdk.Cel;
using k8s.Models;

namespace AdmissionSdk.Testing.Simulation.Configuration;

/// <summary>An entry of a webhook configuration with the v1 defaults applied (contract 19.1).</summary>
internal sealed record WebhookDefinition
{
    public required bool Mutating { get; init; }

    public required string Configuration { get; init; }

    public required string Name { get; init; }

    /// <summary>The position among the entries of the same name in the configuration (contract 1.7).</summary>
    public int DuplicateIndex { get; init; }

    public required Admissionregistrationv1WebhookClientConfig ClientConfig { get; init; }

    public IReadOnlyList<V1RuleWithOperations> Rules { get; init; } = [];

    public bool IgnoresFailures { get; init; }

    public bool Equivalent { get; init; } = true;

    public V1LabelSelector? NamespaceSelector { get; init; }

    public V1LabelSelector? ObjectSelector { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public bool ReinvokeIfNeeded { get; init; }

    public string? SideEffects { get; init; }

    public IReadOnlyList<string> ReviewVersions { get; init; } = [];

    /// <summary>The match conditions; null if there are none.</summary>
    public CelMatchConditions? Conditions { get; init; }

    /// <summary>The application that is called.</summary>
    public required HttpMessageInvoker App { get; init; }

    public string Identity => $"{Configuration}/{Name}/{DuplicateIndex}";
}
