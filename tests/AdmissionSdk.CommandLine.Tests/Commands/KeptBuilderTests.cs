using System.CommandLine;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.CommandLine.Tests.Commands;

/// <summary>A builder that is kept after its delegate changes nothing.</summary>
/// <remarks>Covers <see cref="AdmissionCommandLine"/>, <see cref="DeploymentOptions"/>, <see cref="CommandContext"/>.</remarks>
public sealed class KeptBuilderTests
{
    public static TheoryData<string, Action<AdmissionCommandLine>> Uses => new()
    {
        { nameof(AdmissionCommandLine.Add), commandLine => commandLine.Add(new Command("images")) },
        { nameof(AdmissionCommandLine.AddObject), commandLine => commandLine.AddObject(_ => new V1ConfigMap()) },
        { nameof(AdmissionCommandLine.EditDeployment), commandLine => commandLine.EditDeployment(_ => { }) },
        { nameof(AdmissionCommandLine.Deployment), commandLine => commandLine.Deployment.Image = "late" },
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task Use_InsideTheCommand_IsRefused(string member, Action<AdmissionCommandLine> use)
    {
        Exception? refusal = null;

        var run = await CommandRun.RunAsync("manifests", configure: commandLine => commandLine.EditDeployment(_ => refusal = Record.Exception(() => use(commandLine))));

        Assert.Equal(0, run.ExitCode);
        Assert.True(refusal is InvalidOperationException, member);
        Assert.Equal(
            "The command line is built already, so this setting would have no effect: make it inside the delegate that the builder was given to.", refusal.Message);
    }

    [Fact]
    public void CreateContext_DeploymentOptionsKept_ChangeNothing()
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        var commandLine = new AdmissionCommandLine(services);
        var deployment = commandLine.Deployment;
        deployment.Image = "early";
        deployment.ClusterRules.Add(new V1PolicyRule());

        var context = commandLine.CreateContext(new HostEndpoints([]));
        deployment.Image = "late";
        deployment.ClusterRules.Add(new V1PolicyRule());
        deployment.NamespaceRules.Add(new V1PolicyRule());

        Assert.Equal("early", context.Deployment.Image);
        Assert.Single(context.Deployment.ClusterRules);
        Assert.Empty(context.Deployment.NamespaceRules);
    }

    [Fact]
    public void Services_AfterCreateContext_AreStillThere()
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        var commandLine = new AdmissionCommandLine(services);

        commandLine.CreateContext(new HostEndpoints([]));

        Assert.Same(services, commandLine.Services);
    }
}
