using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Tests.Support;
using AdmissionSdk.Registration;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.CommandLine.Tests.Commands;

/// <summary>A mistake in the configuration that would stop the start is one line of every command.</summary>
/// <remarks>Covers <see cref="AdmissionCommandLine"/>, <see cref="TargetOptions"/>, <see cref="AdmissionSdk.Manifests.ManifestOptions"/>.</remarks>
public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("manifests")]
    [InlineData("lint")]
    [InlineData("serve")]
    public async Task Command_MistakesInTheConfiguration_AreOneLine(string arguments)
    {
        var run = await CommandRun.RunAsync(
            arguments,
            services: services => services.AddAdmissionTls(),
            settings: [("AdmissionWebhooks:Tls:Port", "abc"), ("AdmissionWebhooks:DrainDelay", "5"), ("AdmissionWebhooks:Tsl:Port", "1")]);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: AdmissionWebhooks:", run.Error, StringComparison.Ordinal);
        Assert.Contains("AdmissionWebhooks:DrainDelay is \"5\"; it must be a time such as 5s.", run.Error, StringComparison.Ordinal);
        Assert.Contains("AdmissionWebhooks:Tls:Port is \"abc\"; it must be a number from 0 to 65535.", run.Error, StringComparison.Ordinal);
        Assert.Contains("AdmissionWebhooks:Tsl is not a setting; there are ", run.Error, StringComparison.Ordinal);
        Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("manifests")]
    [InlineData("lint")]
    public async Task Command_ValueOfManifestsThatCannotBeRead_IsOneLine(string arguments)
    {
        var run = await CommandRun.RunAsync(arguments, settings: [("AdmissionWebhooks:Manifests:ServicePort", "https"), ("AdmissionWebhooks:Manifests:KubeVersion", "newest")]);

        Assert.Equal(
            (2, "error: AdmissionWebhooks:Manifests:ServicePort is \"https\"; it must be a number from 1 to 65535. AdmissionWebhooks:Manifests:KubeVersion is \"newest\"; it must be a version such as 1.37, 1.20 or newer.\n"),
            (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("manifests")]
    [InlineData("diff")]
    public async Task Command_SectionInPlaceOfTheCertificates_IsOneLine(string arguments)
    {
        var run = await CommandRun.RunAsync(arguments, settings: [("AdmissionWebhooks:Manifests:Certificates:Source", "secret")]);

        Assert.Equal(
            (2, "error: AdmissionWebhooks:Manifests:Certificates is a section (it has Source); it must be one text.\n"),
            (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("http://webhook.example.com")]
    [InlineData("/webhook")]
    [InlineData("webhook.example.com")]
    public async Task Command_UrlWithoutHttps_IsRefusedAsAnOptionAndInTheSection(string url)
    {
        var option = await CommandRun.RunAsync($"lint --url {url}");
        var setting = await CommandRun.RunAsync("lint", settings: [("AdmissionWebhooks:Manifests:Url", url)]);

        Assert.Equal((2, $"--url is '{url}': it must begin with https:// and a host.\n\n"), (option.ExitCode, option.Error));
        Assert.Equal(
            (2, $"error: AdmissionWebhooks:Manifests:Url is \"{url}\"; it must be an address that begins with https:// and a host, such as https://webhook.example.com.\n"),
            (setting.ExitCode, setting.Error));
    }

    [Theory]
    [InlineData("v1.20", 1)]
    [InlineData("1.20", 1)]
    [InlineData("v1.19", 2)]
    [InlineData("1", 2)]
    public async Task Command_KubeVersion_IsReadAlikeAsAnOptionAndInTheSection(string version, int exitCode)
    {
        Action<AdmissionWebhooksBuilder> guard = webhooks => webhooks.AddValidatingWebhook(
            "guard.registry.example.com", webhook => webhook.FailurePolicy(FailurePolicy.Fail).Handle<V1Pod>(context => AdmissionResult.Allow()));

        Assert.Equal(exitCode, (await CommandRun.RunAsync($"lint --kube-version {version}", guard)).ExitCode);
        Assert.Equal(exitCode, (await CommandRun.RunAsync("lint", guard, settings: [("AdmissionWebhooks:Manifests:KubeVersion", version)])).ExitCode);
    }
}
