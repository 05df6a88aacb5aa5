using AdmissionSdk.Testing.ApiServer;
using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>A client with the rights of the generated <c>rbac.yaml</c>, and no others.</summary>
internal static class ServiceAccountClient
{
    public static async Task<IKubernetes> CreateAsync(KubeApiServerFixture server, string manifests, string account, string @namespace)
    {
        var client = server.Client;
        foreach (var item in KubernetesYaml.LoadAllFromString(manifests))
        {
            switch (item)
            {
                case V1ServiceAccount serviceAccount:
                    await client.CoreV1.CreateNamespacedServiceAccountAsync(serviceAccount, @namespace);
                    break;
                case V1Role role:
                    await client.RbacAuthorizationV1.CreateNamespacedRoleAsync(role, role.Metadata.NamespaceProperty);
                    break;
                case V1RoleBinding binding:
                    await client.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(binding, binding.Metadata.NamespaceProperty);
                    break;
                case V1ClusterRole role:
                    await client.RbacAuthorizationV1.CreateClusterRoleAsync(role);
                    break;
                case V1ClusterRoleBinding binding:
                    await client.RbacAuthorizationV1.CreateClusterRoleBindingAsync(binding);
                    break;
                case V1Secret secret:
                    await client.CoreV1.CreateNamespacedSecretAsync(secret, @namespace);
                    break;
                default:
                    break;
            }
        }

        var request = new Authenticationv1TokenRequest { Spec = new V1TokenRequestSpec { Audiences = [], ExpirationSeconds = 3600 } };
        var token = await client.CoreV1.CreateNamespacedServiceAccountTokenAsync(request, account, @namespace);
        var admin = server.Configuration;
        return new Kubernetes(new KubernetesClientConfiguration { Host = admin.Host, SslCaCerts = admin.SslCaCerts, AccessToken = token.Status.Token });
    }
}
