using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Registration;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.EndToEnd.Tests.Registrations;

/// <summary><c>apply</c>, <c>diff</c> and <c>status</c> against a real API server.</summary>
/// <remarks>Covers docs/deploying.md, <see cref="CommandLine.Commands.ApplyCommand"/>, <see cref="CommandLine.Commands.DiffCommand"/>, <see cref="CommandLine.Commands.StatusCommand"/>, <see cref="CommandLine.Commands.UninstallCommand"/>, <see cref="CommandLine.Cluster.Uninstaller"/>, <see cref="CommandLine.Cluster.InstalledKind"/>, <see cref="CommandLine.Cluster.InstalledKinds"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed partial class ApplyTests(ApiServerSession session) : IAsyncLifetime
{
    private const string Images = "images.apply.example.com";
    private const string Labels = "labels.apply.example.com";
    private const string Guard = "guard.apply.example.com";
    private readonly string _namespace = $"apply-{Guid.NewGuid():n}"[..20];
    private readonly HashSet<string> _names = [];

    private string Name => $"registered.{_namespace}";

    private IAdmissionregistrationV1Operations Api => session.Server.Client.AdmissionregistrationV1;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var name in _names)
        {
            await AppliedWebhooks.RemoveAsync(session.Server.Client, name);
        }
    }

    [ApiServerFact]
    public async Task Apply_Twice_ChangesNothing()
    {
        Assert.Equal(
            $"MutatingWebhookConfiguration/{Name} created\nValidatingWebhookConfiguration/{Name} created\n", await ApplyAsync());
        var first = await VersionsAsync(Name);

        Assert.Equal(
            $"MutatingWebhookConfiguration/{Name} unchanged\nValidatingWebhookConfiguration/{Name} unchanged\n", await ApplyAsync());

        Assert.Equal(first, await VersionsAsync(Name));
        Assert.Equal((0, ""), await DiffAsync());
    }

    [ApiServerFact]
    public async Task Apply_MatchConditions_AreStoredOrTheServerIsTooOld()
    {
        _names.Add(Name);

        var command = await AppCommand.RunAsync(
            $"apply --app registered --namespace {_namespace} --certificates certManager",
            webhooks => webhooks.AddValidatingWebhook(Guard, webhook => webhook.MatchCondition("named", "object.metadata.name != ''").Handle<V1Pod>(_ => AdmissionResult.Allow())),
            session.Server);

        if (session.Server.Version < new Version(1, 27))
        {
            Assert.Equal(2, command.ExitCode);
            Assert.StartsWith("error: the API server is too old for a field that the code uses (", command.Error, StringComparison.Ordinal);
            Assert.Contains("matchConditions", command.Error, StringComparison.Ordinal);
            Assert.Equal(1, command.Error.Count(character => character == '\n'));
            return;
        }

        command.Succeeded();
        // 1.27 knows the field and drops it, unless a feature gate is on.
        var stored = (await Api.ReadValidatingWebhookConfigurationAsync(Name)).Webhooks.Single().MatchConditions ?? [];
        Assert.Equal(session.Server.Version < new Version(1, 28) ? [] : ["named"], stored.Select(condition => condition.Name));
    }

    [ApiServerFact]
    public async Task Apply_DryRun_PrintsTheChangesAndMakesNone()
    {
        Assert.Equal(
            $"MutatingWebhookConfiguration/{Name} created (dry run)\nValidatingWebhookConfiguration/{Name} created (dry run)\n", await ApplyAsync("--dry-run"));
        Assert.Equal((1, $"MutatingWebhookConfiguration/{Name}\n  is not in the cluster: run `apply`\nValidatingWebhookConfiguration/{Name}\n  is not in the cluster: run `apply`\n"), await DiffAsync());

        await ApplyAsync();
        await EditAsync("""{"webhooks":[{"name":"images.apply.example.com","timeoutSeconds":9}]}""");
        var before = await VersionsAsync(Name);

        Assert.Equal(
            $"MutatingWebhookConfiguration/{Name} changed (dry run)\n"
            + $"MutatingWebhookConfiguration/{Name} webhooks[{Labels}] removed (dry run)\n"
            + $"ValidatingWebhookConfiguration/{Name} removed (dry run)\n",
            await ApplyAsync("--dry-run --prune", OnlyImages));
        Assert.Equal(before, await VersionsAsync(Name));
    }

    [ApiServerFact]
    public async Task Apply_Prune_RemovesWhatLeftTheCodeAndNothingElse()
    {
        await ApplyAsync();
        var other = $"other.{_namespace}";
        await ApplyAsync("--app other", name: other);
        await EditAsync("""{"webhooks":[{"name":"by-hand.apply.example.com","clientConfig":{"url":"https://localhost/"},"sideEffects":"None","admissionReviewVersions":["v1"]}]}""");
        var others = await VersionsAsync(other);

        // Without --prune, a configuration that left the code stays, and webhooks that others added to ours stay too.
        await ApplyAsync("", OnlyImages);
        var (code, drift) = await DiffAsync(OnlyImages);
        Assert.Equal(1, code);
        Assert.StartsWith($"MutatingWebhookConfiguration/{Name}\n  webhooks[by-hand.apply.example.com]: nothing in the code, {{", drift, StringComparison.Ordinal);
        Assert.EndsWith($"}} in the cluster\nValidatingWebhookConfiguration/{Name}\n  left the code and is still in the cluster: run `apply --prune`\n", drift, StringComparison.Ordinal);
        Assert.NotNull(await Api.ReadValidatingWebhookConfigurationAsync(Name));

        Assert.Equal(
            $"MutatingWebhookConfiguration/{Name} unchanged\n"
            + $"MutatingWebhookConfiguration/{Name} webhooks[by-hand.apply.example.com] removed\n"
            + $"ValidatingWebhookConfiguration/{Name} removed\n",
            await ApplyAsync("--prune", OnlyImages));

        Assert.Equal([Images], (await Api.ReadMutatingWebhookConfigurationAsync(Name)).Webhooks.Select(webhook => webhook.Name));
        Assert.Equal(others, await VersionsAsync(other));
        Assert.Equal((0, ""), await DiffAsync(OnlyImages));
    }

    [ApiServerFact]
    public async Task Apply_TwoApplicationsAndTwoNamespaces_NeverTouchOneAnother()
    {
        var (elsewhere, other) = ($"registered.{_namespace}-2", $"other.{_namespace}");
        await ApplyAsync();
        await ApplyAsync("--app other", name: other);
        await ApplyAsync($"--namespace {_namespace}-2", name: elsewhere);
        var (others, elsewheres) = (await VersionsAsync(other), await VersionsAsync(elsewhere));

        await ApplyAsync("--prune", OnlyImages);

        Assert.Equal((others, elsewheres), (await VersionsAsync(other), await VersionsAsync(elsewhere)));
    }

    [ApiServerFact]
    public async Task Apply_ConfigurationOfAnotherApplication_IsRefusedAndStays()
    {
        _names.Add(Name);
        await Api.CreateMutatingWebhookConfigurationAsync(new V1MutatingWebhookConfiguration
        {
            Metadata = new V1ObjectMeta { Name = Name, Labels = new Dictionary<string, string> { ["app.kubernetes.io/name"] = "theirs" } },
        });

        var run = await RunAsync("apply", Both);

        Assert.Equal(
            (2, $"error: MutatingWebhookConfiguration/{Name} is another application's (app.kubernetes.io/name=theirs): choose another --app or --namespace.\n"),
            (run.ExitCode, run.Error));
        Assert.Empty((await Api.ReadMutatingWebhookConfigurationAsync(Name)).Webhooks ?? []);
    }

    [ApiServerFact]
    public async Task Apply_WithACaBundleAndThenWithout_KeepsIt()
    {
        var ca = Path.GetTempFileName();
        await File.WriteAllTextAsync(ca, "-----BEGIN CERTIFICATE-----\n");
        await ApplyAsync($"--certificates secret --ca-file {ca}");
        File.Delete(ca);

        await ApplyAsync("--certificates secret");

        Assert.NotEmpty((await Api.ReadMutatingWebhookConfigurationAsync(Name)).Webhooks[0].ClientConfig.CaBundle);
        Assert.Equal((0, ""), await DiffAsync(options: "--certificates secret"));
    }

    // cert-manager's CA injector owns the bundle of a webhook that leaves the code: server-side apply alone would keep a stub of the webhook, which the server refuses.
    [ApiServerFact]
    public async Task Apply_WebhookThatLeftTheCodeAndHasOthersFields_IsRemoved()
    {
        await ApplyAsync();
        await EditAsync("""{"webhooks":[{"name":"labels.apply.example.com","clientConfig":{"caBundle":"YnVuZGxl"}},{"name":"images.apply.example.com","clientConfig":{"caBundle":"YnVuZGxl"}}]}""");

        Assert.Equal($"MutatingWebhookConfiguration/{Name} changed (dry run)\n", await ApplyAsync("--dry-run", OnlyImages));
        Assert.Equal(2, (await Api.ReadMutatingWebhookConfigurationAsync(Name)).Webhooks.Count);

        Assert.Equal($"MutatingWebhookConfiguration/{Name} changed\n", await ApplyAsync("", OnlyImages));

        var left = Assert.Single((await Api.ReadMutatingWebhookConfigurationAsync(Name)).Webhooks);
        Assert.Equal((Images, "bundle"), (left.Name, System.Text.Encoding.ASCII.GetString(left.ClientConfig.CaBundle)));
        Assert.Equal($"MutatingWebhookConfiguration/{Name} unchanged\n", await ApplyAsync("", OnlyImages));

        // The webhook comes back and leaves again: fields that the first removal owned may not keep the webhook.
        await ApplyAsync();
        await EditAsync("""{"webhooks":[{"name":"labels.apply.example.com","clientConfig":{"caBundle":"YnVuZGxl"}}]}""");
        await ApplyAsync("", OnlyImages);
        Assert.Single((await Api.ReadMutatingWebhookConfigurationAsync(Name)).Webhooks);
    }

    [ApiServerFact]
    public async Task Replace_OfAConfigurationThatSomebodyWroteMeanwhile_IsAConflict()
    {
        await ApplyAsync();
        var read = await Api.ReadMutatingWebhookConfigurationAsync(Name);
        await FillInAsOthersDoAsync();

        var refused = await ApiErrors.RefusedAsync(() => Api.PatchMutatingWebhookConfigurationAsync(
            new V1Patch($$"""[{"op":"replace","path":"/metadata/resourceVersion","value":"{{read.Metadata.ResourceVersion}}"},{"op":"add","path":"/webhooks","value":[]}]""", V1Patch.PatchType.JsonPatch), Name));

        // At this status apply reads again.
        Assert.Equal(409, refused.Code);
        Assert.Equal(2, (await Api.ReadMutatingWebhookConfigurationAsync(Name)).Webhooks.Count);
    }

    [ApiServerFact]
    public async Task Apply_WithoutACaAnywhere_IsRefusedBeforeItIsAnOutage()
    {
        var run = await RunAsync("apply --certificates secret", Both);

        Assert.Equal(
            (2, $"error: {Labels} fails closed, and the API server has no CA bundle to trust the webhook, so every matching request would be refused: pass --ca-file FILE, or --certificates certManager.\n"),
            (run.ExitCode, run.Error));

        // A bundle that somebody else filled in is enough.
        await ApplyAsync();
        await EditAsync("""{"webhooks":[{"name":"labels.apply.example.com","clientConfig":{"caBundle":"YnVuZGxl"}}]}""");
        await Api.PatchValidatingWebhookConfigurationAsync(
            new V1Patch("""{"webhooks":[{"name":"guard.apply.example.com","clientConfig":{"caBundle":"YnVuZGxl"}}]}""", V1Patch.PatchType.StrategicMergePatch), Name, fieldManager: "kubectl-edit");
        await ApplyAsync("--certificates secret");
    }

    [ApiServerFact]
    public async Task Apply_WithoutCredentials_IsAnErrorOfOneLine()
    {
        var (ca, token) = (Path.GetTempFileName(), Path.GetTempFileName());
        await File.WriteAllTextAsync(ca, string.Join('\n', (session.Server.Configuration.SslCaCerts ?? []).Select(certificate => certificate.ExportCertificatePem())));
        await File.WriteAllTextAsync(token, "nobody");
        var run = await AppCommand.RunAsync($"apply --certificates certManager --server {session.Server.Configuration.Host} --token-file {token} --server-ca {ca}", Both);
        File.Delete(ca);
        File.Delete(token);

        Assert.Equal((2, "error: the API server does not know these credentials (Unauthorized): check --context, or --token-file.\n"), (run.ExitCode, run.Error));
    }

    private static void Both(AdmissionWebhooksBuilder webhooks)
    {
        OnlyImages(webhooks);
        webhooks
            .AddMutatingWebhook(Labels, webhook => webhook.Path("/labels").Handle<V1Service>(context => AdmissionResult.Allow()))
            .AddValidatingWebhook(Guard, webhook => webhook.Path("/validate").Handle<V1Pod>(context => AdmissionResult.Allow()));
    }

    private static void None(AdmissionWebhooksBuilder webhooks)
    {
    }

    private static void OnlyImages(AdmissionWebhooksBuilder webhooks) => webhooks
        .AddMutatingWebhook(Images, webhook => webhook.Path("/mutate").FailurePolicy(FailurePolicy.Ignore).Handle<V1Pod>(context => AdmissionResult.Allow()));

    // Nobody serves these webhooks, so the configurations select a namespace that does not exist.
    private Task<AppCommand> RunAsync(string arguments, Action<AdmissionWebhooksBuilder> webhooks) => AppCommand.RunAsync(
        arguments.Contains("--namespace", StringComparison.Ordinal) ? arguments : $"{arguments} --namespace {_namespace}",
        webhooks,
        session.Server,
        [
            ("AdmissionWebhooks:Manifests:Certificates", "certManager"),
            .. AppliedWebhooks.OnlyIn("nowhere", webhooks == Both ? [Images, Labels, Guard] : webhooks == None ? [] : [Images]),
        ]);

    private async Task<string> ApplyAsync(string options = "", Action<AdmissionWebhooksBuilder>? webhooks = null, string? name = null)
    {
        _names.Add(name ?? Name);
        return (await RunAsync($"apply {options}", webhooks ?? Both)).Succeeded();
    }

    private async Task<(int ExitCode, string Output)> DiffAsync(Action<AdmissionWebhooksBuilder>? webhooks = null, string options = "")
    {
        var run = await RunAsync($"diff {options}", webhooks ?? Both);
        return (run.ExitCode, run.Output);
    }

    private Task<V1MutatingWebhookConfiguration> EditAsync(string patch) =>
        Api.PatchMutatingWebhookConfigurationAsync(new V1Patch(patch, V1Patch.PatchType.StrategicMergePatch), Name, fieldManager: "kubectl-edit");

    /// <summary>Adds fields as cert-manager's CA injector and somebody with kubectl do.</summary>
    private Task<V1MutatingWebhookConfiguration> FillInAsOthersDoAsync() => EditAsync(
        """{"metadata":{"labels":{"team":"platform"},"annotations":{"example.com/note":"kept"}},"webhooks":[{"name":"images.apply.example.com","clientConfig":{"caBundle":"YnVuZGxl"}}]}""");

    private async Task<(string Mutating, string Validating)> VersionsAsync(string name) => (
        (await Api.ReadMutatingWebhookConfigurationAsync(name)).Metadata.ResourceVersion,
        (await Api.ReadValidatingWebhookConfigurationAsync(name)).Metadata.ResourceVersion);
}
