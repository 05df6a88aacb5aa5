using System.CommandLine;
using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.CommandLine.Tests.Commands;

/// <remarks>Covers <see cref="AdmissionCommandLine"/>, <see cref="Microsoft.AspNetCore.Builder.AdmissionCommandLineExtensions"/>, <see cref="RootCommandFactory"/>, <see cref="ServeCommand"/>, <see cref="CommandGuard"/>, <see cref="CommandContext"/>, <see cref="CommandException"/>, <see cref="TargetOptions"/>.</remarks>
public sealed class CommandLineTests
{
    [Fact]
    public async Task Help_OfTheProgram_NamesEveryCommandWithASentence()
    {
        var run = await CommandRun.RunAsync("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(
            new[] { "serve", "manifests", "certificates", "lint", "apply", "diff", "status", "check", "rewrite", "try" },
            name => Assert.Contains(run.Output.Split('\n'), line => line.TrimStart().StartsWith($"{name} ", StringComparison.Ordinal) && line.Contains('.', StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("manifest", "error: the command 'manifest' does not exist: use serve, manifests, certificates, lint, apply, diff, status, uninstall, explain, check, rewrite, try (see --help).\n")]
    [InlineData("apply --kubeconfig /nowhere/config", "error: the kubeconfig cannot be used (")]
    [InlineData("apply --server https://127.0.0.1:1", "error: the API server https://127.0.0.1:1 cannot be reached (Connection refused")]
    [InlineData("diff --server https://127.0.0.1:1", "error: the API server https://127.0.0.1:1 cannot be reached (")]
    [InlineData("status --server https://127.0.0.1:1", "error: the API server https://127.0.0.1:1 cannot be reached (")]
    [InlineData("manifests --ca-file /nowhere/ca.crt", "error: Could not find a part of the path '/nowhere/ca.crt'.\n")]
    [InlineData("manifests --namespace Kube_System", "error: --namespace is 'Kube_System': use at most 63 lower-case letters, digits and '-', beginning with a letter or digit.\n")]
    [InlineData("apply --app my.app --server https://127.0.0.1:1", "error: --app is 'my.app': use at most 63 lower-case letters, digits and '-', beginning with a letter.\n")]
    [InlineData("manifests --format static --url https://10.0.0.1 --kube-version 1.35", "error: Kubernetes 1.35 has no static manifests; use 1.36 or newer (--kube-version), or another --format.\n")]
    [InlineData("manifests --certificates secret", "error: the API server has no CA bundle to trust the webhooks, and no public CA issues certificates for a Service: pass --ca-file FILE (`certificates` makes a CA), or --certificates managed or certManager.\n")]
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
        Assert.Equal("error: the application has no admission webhooks: add a webhook with AddMutator, AddValidator, AddMutatingWebhook or AddValidatingWebhook in Program.cs.\n", run.Error);
    }

    [Theory]
    [InlineData("manifests")]
    [InlineData("lint")]
    [InlineData("apply --server https://127.0.0.1:1")]
    [InlineData("serve")]
    public async Task Command_OfWebhooksThatCannotWork_SaysWhyAndReturns2(string arguments)
    {
        var run = await CommandRun.RunAsync(arguments, webhooks => webhooks
            .AddValidatingWebhook("guard.registry.example.com", webhook => webhook.Timeout(TimeSpan.FromMinutes(1)).Handle<V1Pod>(context => AdmissionResult.Allow())));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: The admission webhooks are not registered correctly:", run.Error, StringComparison.Ordinal);
        Assert.Contains("guard.registry.example.com: the timeout is 60 s; use whole seconds from 1 to 30.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lint_SettingThatWouldStopTheStart_IsAnErrorToo()
    {
        var run = await CommandRun.RunAsync("lint", settings: [("AdmissionWebhooks:Webhooks:guard.registry.example.com:Mode", "Wran")]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("guard.registry.example.com:Mode is \"Wran\"; it must be Enforce, Warn or Audit.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WithAnOptionThatCannotWork_SaysWhichInOneLine()
    {
        var run = await CommandRun.RunAsync("manifests", services: services => services.AddAdmissionTls().AddAdmissionWebhooks(options => options.MaxObjectDepth = 0));

        Assert.Equal((2, "error: MaxObjectDepth is 0; it must be 1 to 4000.\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Command_Interrupted_SaysSo()
    {
        using var interrupt = new CancellationTokenSource();
        await interrupt.CancelAsync();
        using var error = new StringWriter { NewLine = "\n" };
        var root = new RootCommand();
        root.SetGuardedAction((_, cancellationToken) => Task.FromCanceled<int>(cancellationToken));

        var code = await root.Parse([]).InvokeAsync(new InvocationConfiguration { Error = error }, interrupt.Token);

        Assert.Equal((2, "error: interrupted; the printed steps are done.\n"), (code, error.ToString()));
    }
}
