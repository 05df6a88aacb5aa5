using AdmissionSdk.Testing.ApiServer;
using k8s.Models;

namespace AdmissionSdk.Testing.Tests.ApiServer;

/// <summary>Documents of a YAML stream.</summary>
/// <remarks>Covers <see cref="YamlDocument"/>, <see cref="ClusterWebhookConfigurations"/>, <see cref="CrdInstaller"/>.</remarks>
public sealed class YamlDocumentTests
{
    [Fact]
    public void Read_Stream_FindsEveryDocumentWithItsKind()
    {
        const string Yaml = """
            # the first
            apiVersion: v1
            kind: ConfigMap
            data:
              text: |
                a
                --- not a separator
            --- # the second
            apiVersion: cert-manager.io/v1
            kind: Certificate
            spec: { secretName: x }
            ---
            # nothing

            --- {apiVersion: v1, kind: Namespace}
            """;

        var documents = YamlDocument.Read(Yaml);

        Assert.Equal(["v1 ConfigMap", "cert-manager.io/v1 Certificate", "v1 Namespace"], documents.Select(document => $"{document.ApiVersion} {document.Kind}"));
        Assert.Equal("a\n--- not a separator\n", documents[0].To<V1ConfigMap>().Data["text"]);
    }

    [Fact]
    public void Read_NoKind_IsEmptyText() => Assert.Equal(("", ""), (Assert.Single(YamlDocument.Read("a: b")).ApiVersion, YamlDocument.Read("a: b")[0].Kind));

    [Fact]
    public void ReadCrds_AnotherKind_SaysWhatWasFound()
    {
        var refused = Assert.Throws<ArgumentException>(() => CrdInstaller.Read("apiVersion: v1\nkind: Pod\n"));

        Assert.StartsWith("Expected documents of apiextensions.k8s.io/v1 CustomResourceDefinition, found 'v1' 'Pod'.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadWebhookConfigurations_BothKindsAmongOthers_TakesThem()
    {
        const string Yaml = """
            apiVersion: v1
            kind: Service
            metadata: { name: webhook }
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingWebhookConfiguration
            metadata: { name: m }
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: { name: v }
            """;

        Assert.Equal(["m", "v"], ClusterWebhookConfigurations.Read(Yaml).Select(configuration => configuration.Metadata.Name));
    }
}
