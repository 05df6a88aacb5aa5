using System.Runtime.Versioning;
using AdmissionSdk.Testing.ApiServer;
using AdmissionSdk.Testing.Tests.Support;

namespace AdmissionSdk.Testing.Tests.ApiServer;

/// <summary>Failures before an API server runs. Scripts stand in for the programs.</summary>
/// <remarks>Covers <see cref="KubeApiServerFixture"/>, <see cref="ApiServerAvailability"/>, <see cref="ApiServerEnvironment"/>, <see cref="KubeApiServerOptions"/>, <see cref="LocalControlPlane"/>.</remarks>
[UnsupportedOSPlatform("windows")]
[Collection(ProcessTests.Name)]
public sealed class StartTests : IDisposable
{
    private readonly string _assets = Directory.CreateTempSubdirectory("assets-").FullName;

    public void Dispose() => Directory.Delete(_assets, recursive: true);

    [Fact]
    public async Task StartAsync_DirectoryIsEmpty_NamesWhatIsMissing()
    {
        var failure = await StartAsync();

        Assert.Equal($"KUBEBUILDER_ASSETS is '{_assets}', which does not hold etcd and kube-apiserver.", failure.Message);
    }

    [Fact]
    public async Task StartAsync_OneProgramIsMissing_NamesIt()
    {
        Program("etcd", "exec sleep 600");

        var failure = await StartAsync();

        Assert.Equal($"KUBEBUILDER_ASSETS is '{_assets}', which does not hold kube-apiserver.", failure.Message);
    }

    [Fact]
    public async Task StartAsync_NoDirectory_SaysWhatToSet()
    {
        var failure = await Assert.ThrowsAsync<KubeApiServerException>(
            () => KubeApiServerFixture.StartAsync(new KubeApiServerOptions { AssetsDirectory = null, UseExistingCluster = false }));

        Assert.Equal("KUBEBUILDER_ASSETS is not set: it names the directory that holds etcd and kube-apiserver.", failure.Message);
    }

    [Fact]
    public async Task StartAsync_ServerEndsAtOnce_QuotesItsLastWords()
    {
        Program("etcd", "exec sleep 600");
        Program("kube-apiserver", "echo 'unknown flag: --frobnicate' >&2; exit 3");

        var failure = await StartAsync();

        Assert.StartsWith("kube-apiserver did not become ready: kube-apiserver ended with exit code 3.", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("kube-apiserver: unknown flag: --frobnicate", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_PortTaken_TriesAgain()
    {
        Program("etcd", "exec sleep 600");
        Program("kube-apiserver", "echo x >>\"$(dirname \"$0\")/starts\"; echo 'listen tcp: bind: address already in use'; exit 1");

        await StartAsync();

        Assert.Equal(3, (await File.ReadAllLinesAsync(Path.Combine(_assets, "starts"))).Length);
    }

    [Fact]
    public async Task StartAsync_ServerNeverAnswers_GivesUpWithTheReason()
    {
        Program("etcd", "exec sleep 600");
        Program("kube-apiserver", "exec sleep 600");

        var failure = await StartAsync(TimeSpan.FromMilliseconds(200));

        Assert.Contains("Connection refused", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InstalledVersion_NotAnApiServer_SaysWhatItPrinted()
    {
        Program("kube-apiserver", "echo 'hello'");

        var failure = Assert.Throws<KubeApiServerException>(() => ApiServerEnvironment.InstalledVersion(_assets));

        Assert.Contains("printed 'hello' in place of 'Kubernetes v1.x.y'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InstalledVersion_ApiServer_IsAskedOnce()
    {
        Program("kube-apiserver", "echo x >>\"$(dirname \"$0\")/asked\"; echo 'Kubernetes v1.33.2'");

        Assert.Equal(new Version(1, 33, 2), ApiServerEnvironment.InstalledVersion(_assets));
        Assert.Equal(new Version(1, 33, 2), ApiServerEnvironment.InstalledVersion(_assets));
        Assert.Single(File.ReadAllLines(Path.Combine(_assets, "asked")));
    }

    private Task<KubeApiServerException> StartAsync(TimeSpan? timeout = null)
    {
        var options = new KubeApiServerOptions { AssetsDirectory = _assets, UseExistingCluster = false, Timeout = timeout ?? TimeSpan.FromSeconds(30) };
        return Assert.ThrowsAsync<KubeApiServerException>(() => KubeApiServerFixture.StartAsync(options));
    }

    private void Program(string name, string script)
    {
        var path = Path.Combine(_assets, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
