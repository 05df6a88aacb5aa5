using AdmissionSdk.Manifests;
using k8s;
using k8s.Models;

namespace AdmissionSdk.Drift;

/// <summary>One of the application's webhook configurations, in code and in the cluster.</summary>
/// <param name="Code">The configuration of the code; null if its last webhook left the code.</param>
/// <param name="Cluster">The configuration in the cluster; null if it is missing there.</param>
/// <param name="Drifts">The differences.</param>
internal sealed record OwnConfiguration(IKubernetesObject<V1ObjectMeta>? Code, IKubernetesObject<V1ObjectMeta>? Cluster, IReadOnlyList<FieldDrift> Drifts);
