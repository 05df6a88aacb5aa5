using k8s;

namespace AdmissionSdk.Cluster;

/// <summary>Makes a client of the cluster in which the application runs, or to which the developer's kubeconfig leads.</summary>
/// <returns>The client.</returns>
/// <exception cref="Exception">Nothing names a cluster, or what does cannot be read.</exception>
internal delegate IKubernetes ClusterFinder();
