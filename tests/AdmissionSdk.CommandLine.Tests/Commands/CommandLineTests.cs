using System.CommandLine;
using AdmissionSdk.CommandLine.Tests.Support;

namespace AdmissionSdk.CommandLine.Tests.Commands;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Help_OfTheProgram_NamesEveryCommandWithASentence()
    {
        var run = await CommandRun.RunAsync("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(
            new[] { "serve", "manifests", "lint", "apply", "diff", "status", "check", "rewrite" },
            name => Assert.Contains(run.Output.Split('\n'), line => line.TrimStart().StartsWith($"{name} ", StringComparison.Ordinal) && line.Contains('.', StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("manifest", "error: there is no command 'manifest': there are serve, manifests, lint, apply, diff, status, check, rewrite (see --help).\n")]
    [InlineData("apply --kubeconfig /nowhere/config", "error: the kubeconfig cannot be used (")]
    [InlineData("apply --server https://127.0.0.1:1", "error: the API server cannot be reached (Connection refused")]
    [InlineData("diff --server https://127.0.0.1:1", "error: the API server cannot be reached (")]
    [InlineData("status --server https://127.0.0.1:1", "error: the API server cannot be reached (")]
    [InlineData("manifests --ca-file /nowhere/ca.crt", "error: Could not find a part of the path '/nowhere/ca.crt'.\n")]
    [InlineData("manifests --namespace Kube_System", "error: --namespace is 'Kube_System': use at most 63 lower-case letters, digits and '-', beginning with a letter.\n")]
    [InlineData("manifests --format static", "error: images.registry.example.com: static manifests can only call a url; set one (--url).\n")]
    public async Task Command_ThatCannotWork_SaysWhyInOneLineAndReturns2(string arguments, string error)
    {
        var run = await CommandRun.RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(error, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("manifests --format yaml")]
    [InlineData("manifests --url http://a")]
    [InlineData("manifests --kube-version new")]
    [InlineData("lint --unknown")]
    public async Task Command_WithWrongArguments_Returns2WithoutTheHelp(string arguments)
    {
        var run = await CommandRun.RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.Error);
        Assert.DoesNotContain("Usage:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_OfTheApplicationsOwn_Runs()
    {
        var own = new Command("images", "Lists images.");
        own.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.WriteLine("none");
            return 7;
        });

        var run = await CommandRun.RunAsync("images", configure: commandLine => commandLine.Add(own));

        Assert.Equal((7, "none\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Command_WithoutWebhooks_SaysHowToAddOne()
    {
        var run = await CommandRun.RunAsync("manifests", _ => { });

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("error: there are no admission webhooks: add one with AddMutator, AddValidator, AddMutating or AddValidating in Program.cs.\n", run.Error);
    }
}
