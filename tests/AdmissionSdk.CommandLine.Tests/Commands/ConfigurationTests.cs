using AdmissionSdk.CommandLine.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.CommandLine.Tests.Commands;

/// <summary>A mistake in the configuration that would stop the start is one line of every command.</summary>
/// <remarks>Covers <see cref="AdmissionCommandLine"/>.</remarks>
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
            (2, "error: AdmissionWebhooks:Manifests:ServicePort is \"https\"; it must be a number from 1 to 65535. AdmissionWebhooks:Manifests:KubeVersion is \"newest\"; it must be a version such as 1.36.\n"),
            (run.ExitCode, run.Error));
    }
}
