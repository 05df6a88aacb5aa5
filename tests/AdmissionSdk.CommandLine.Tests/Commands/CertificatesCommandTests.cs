using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AdmissionSdk.Certificates;
using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Manifests;
using AdmissionSdk.CommandLine.Tests.Support;
using AdmissionSdk.Manifests;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Tests.Commands;

/// <summary>A serving certificate for people without cert-manager: by a new CA, or by their own.</summary>
/// <remarks>Covers <see cref="CertificatesCommand"/>, <see cref="CertificateSecret"/>, <see cref="CertificateDirectory"/>, <see cref="CertificateAuthority"/>, <see cref="ServingNames"/>.</remarks>
[UnsupportedOSPlatform("windows")]
public sealed class CertificatesCommandTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Fact]
    public async Task Certificates_NewCa_AreASecretThatTheCaVerifies()
    {
        var run = await CommandRun.RunAsync($"certificates --out {_directory} --namespace webhooks --url https://webhook.example.com");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var secret = KubernetesYaml.Deserialize<V1Secret>(await File.ReadAllTextAsync(In("secret.yaml")));
        Assert.Equal(("kubernetes.io/tls", "image-registry-tls", "webhooks"), (secret.Type, secret.Metadata.Name, secret.Metadata.NamespaceProperty));
        var leaf = Verify(secret, await File.ReadAllTextAsync(In("ca.crt")));
        Assert.All(
            new[] { "image-registry.webhooks.svc", "image-registry.webhooks.svc.cluster.local", "webhook.example.com" },
            name => Assert.True(leaf.MatchesHostname(name), name));
        Assert.Equal((OwnerOnly, OwnerOnly), (File.GetUnixFileMode(In("secret.yaml")), File.GetUnixFileMode(In("ca.key"))));
        Assert.DoesNotContain("PRIVATE", run.Output, StringComparison.Ordinal);
        Assert.Contains($"next: kubectl apply -f {In("secret.yaml")}, and --certificates secret --ca-file {In("ca.crt")} for manifests, apply, diff and status\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificates_OwnCa_RenewTheSecretAndKeepTheCa()
    {
        await CommandRun.RunAsync($"certificates --out {_directory}");
        var (ca, key) = (await File.ReadAllTextAsync(In("ca.crt")), await File.ReadAllTextAsync(In("ca.key")));

        var run = await CommandRun.RunAsync($"certificates --out {_directory} --ca-cert {In("ca.crt")} --ca-key {In("ca.key")} --days 30");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal((ca, key), (await File.ReadAllTextAsync(In("ca.crt")), await File.ReadAllTextAsync(In("ca.key"))));
        var leaf = Verify(KubernetesYaml.Deserialize<V1Secret>(await File.ReadAllTextAsync(In("secret.yaml"))), ca);
        Assert.InRange(leaf.NotAfter.ToUniversalTime() - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(29), TimeSpan.FromDays(30));
    }

    [Fact]
    public async Task Certificates_OwnCaWithoutADirectory_AreTheSecretAlone()
    {
        await CommandRun.RunAsync($"certificates --out {_directory}");

        var run = await CommandRun.RunAsync($"certificates --ca-cert {In("ca.crt")} --ca-key {In("ca.key")}");

        Verify(KubernetesYaml.Deserialize<V1Secret>(run.Output), await File.ReadAllTextAsync(In("ca.crt")));
    }

    [Fact]
    public async Task Certificates_KeyOfAnEarlierCa_IsNotReplaced()
    {
        await CommandRun.RunAsync($"certificates --out {_directory}");
        var key = await File.ReadAllTextAsync(In("ca.key"));

        var run = await CommandRun.RunAsync($"certificates --out {_directory}");

        Assert.Equal(
            (2, $"error: {In("ca.key")} is the key of an earlier CA: pass --ca-cert {In("ca.crt")} --ca-key {In("ca.key")} to renew the certificate, or another --out for a new CA.\n"),
            (run.ExitCode, run.Error));
        Assert.Equal(key, await File.ReadAllTextAsync(In("ca.key")));
    }

    [Theory]
    [InlineData("", "error: a new CA needs a place for its key: pass --out DIRECTORY, or --ca-cert FILE and --ca-key FILE for a CA of your own.\n")]
    [InlineData("--ca-cert ca.crt", "error: --ca-cert and --ca-key belong together: pass both for a CA of your own, or neither for a new CA.\n")]
    [InlineData("--out x --days 0", "error: --days is 0: it must be 1 to 36500.\n")]
    [InlineData("--out x --ca-days 99999", "error: --ca-days is 99999: it must be 1 to 36500.\n")]
    [InlineData("--out x --namespace A", "error: --namespace is 'A': use at most 63 lower-case letters, digits and '-', beginning with a letter or digit.\n")]
    public async Task Certificates_WrongOptions_AreOneLine(string arguments, string error)
    {
        var run = await CommandRun.RunAsync($"certificates {arguments}");

        Assert.Equal((2, error), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("ca.key", "tls.key", "--ca-cert {0}: the file holds a private key and no certificate; are the paths of certificate and key exchanged?.")]
    [InlineData("ca.crt", "tls.key", "--ca-key {1}: the private key belongs to another certificate; are the two files from one moment and one issuer?.")]
    [InlineData("tls.crt", "tls.key", "--ca-cert {0}: the first certificate is not a CA's (basicConstraints CA:TRUE), so it may not sign others.")]
    [InlineData("old.crt", "old.key", "the CA is valid from ")]
    public async Task Certificates_FilesThatAreNoCa_AreOneLine(string certificate, string key, string error)
    {
        await CommandRun.RunAsync($"certificates --out {_directory}");
        var secret = KubernetesYaml.Deserialize<V1Secret>(await File.ReadAllTextAsync(In("secret.yaml")));
        await File.WriteAllBytesAsync(In("tls.crt"), secret.Data["tls.crt"]);
        await File.WriteAllBytesAsync(In("tls.key"), secret.Data["tls.key"]);
        using var old = CertificateAuthority.Create("old", TimeProvider.System.GetUtcNow().AddDays(-3), TimeSpan.FromDays(1));
        await File.WriteAllTextAsync(In("old.crt"), old.CertificatePem);
        await File.WriteAllTextAsync(In("old.key"), old.ExportKeyPem());

        var run = await CommandRun.RunAsync($"certificates --ca-cert {In(certificate)} --ca-key {In(key)}");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: " + string.Format(null, error, In(certificate), In(key)), run.Error, StringComparison.Ordinal);
        Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Manifests_CertificatesSecret_SayWhichSecretAndHowToMakeIt()
    {
        await CommandRun.RunAsync($"certificates --out {_directory}");

        var run = await CommandRun.RunAsync($"manifests --certificates secret --ca-file {In("ca.crt")}");

        Assert.Equal(
            (0, "note: the Deployment mounts the secret image-registry-tls of the namespace image-registry, of type kubernetes.io/tls, with a tls.crt for image-registry.image-registry.svc and its tls.key: the command `certificates --out DIRECTORY` makes it, with a new CA or with yours, for kubectl apply -f DIRECTORY/secret.yaml.\n"),
            (run.ExitCode, run.Error));
        Assert.Contains("secretName: image-registry-tls\n", run.Output, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_directory, name);

    private static X509Certificate2 Verify(V1Secret secret, string ca)
    {
        var leaf = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(secret.Data["tls.crt"]), Encoding.ASCII.GetString(secret.Data["tls.key"]));
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(ca);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        Assert.True(chain.Build(leaf));
        Assert.Equal(ca, Encoding.ASCII.GetString(secret.Data["ca.crt"]));
        return leaf;
    }
}
