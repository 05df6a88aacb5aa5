using System.Text;
using k8s;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Writes a kubeconfig with one cluster and one user, for kubectl and other programs that a test runs.</summary>
internal static class KubeConfigFile
{
    private const string Name = "admission-sdk-test";

    public static Task WriteAsync(string path, KubernetesClientConfiguration configuration)
    {
        var authority = string.Join('\n', configuration.SslCaCerts.Select(certificate => certificate.ExportCertificatePem()));
        return File.WriteAllTextAsync(path, $"""
            apiVersion: v1
            kind: Config
            current-context: {Name}
            clusters:
            - name: {Name}
              cluster:
                server: {configuration.Host}
                certificate-authority-data: {Base64(authority)}
            users:
            - name: {Name}
              user:
                client-certificate-data: {configuration.ClientCertificateData}
                client-key-data: {configuration.ClientCertificateKeyData}
            contexts:
            - name: {Name}
              context:
                cluster: {Name}
                user: {Name}

            """);
    }

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
