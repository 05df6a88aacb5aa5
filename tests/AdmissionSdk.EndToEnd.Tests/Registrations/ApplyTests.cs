using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Registration;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.EndToEnd.Tests.Registrations;

/// <summary><c>apply</c>, <c>diff</c> and <c>status</c> against a real API server.</summary>
[Collection(ApiServerTests.Name)]
public sealed class ApplyTests(ApiServerSession session) : IAsyncLifetime
{
    private const string Images = "images.apply.example.com";
    private const string Labels = "labels.apply.example.com";
    private const string Guard = "guard.apply.example.com";
    private readonly string _space = $"apply-{Guid.NewGuid():n}"[..20];
    private readonly HashSet<string> _names = [];

    private string Name => $"registered.{_space}";

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
            $"apply --app registered --namespace {_space} --certificates certManager",
            webhooks => webhooks.AddValidatingWebhook(Guard, hook => hook.MatchCondition("named", "object.metadata.name != ''").Handle<V1Pod>(_ => AdmissionResult.Allow())),
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
    public async Task Diff_AfterAnEditByHand_ShowsExactlyThatEditAndApplyMendsNothingElse()
    {
        await ApplyAsync();
        await FillInAsOthersDoAsync();
        await EditAsync("""{"webhooks":[{"name":"images.apply.example.com","timeoutSeconds":9}]}""");

        Assert.Equal(
            (1, $"MutatingWebhookConfiguration/{Name}\n  webhooks[{Images}].timeoutSeconds: 5 in the code, 9 in the cluster\n"), await DiffAsync());

        Assert.Equal(
            $"MutatingWebhookConfiguration/{Name} changed\nValidatingWebhookConfiguration/{Name} unchanged\n", await ApplyAsync());

        Assert.Equal((0, ""), await DiffAsync());
        var mended = await Api.ReadMutatingWebhookConfigurationAsync(Name);
        Assert.Equal(5, mended.Webhooks[0].TimeoutSeconds);
        Assert.Equal("platform", mended.Metadata.Labels["team"]);
        Assert.Equal("kept", mended.Metadata.Annotations["example.com/note"]);
        Assert.Equal("bundle"u8.ToArray(), mended.Webhooks.Single(webhook => webhook.Name == Images).ClientConfig.CaBundle);
    }

    // Each kind of edit that somebody makes in an emergency; the patch is what kubectl edit would send.
    [ApiServerTheory]
    [InlineData("""{"webhooks":[{"name":"images.apply.example.com","failurePolicy":"Fail"}]}""", "webhooks[images.apply.example.com].failurePolicy: \"Ignore\" in the code, \"Fail\" in the cluster")]
    [InlineData("""{"webhooks":[{"name":"images.apply.example.com","matchPolicy":"Exact"}]}""", "webhooks[images.apply.example.com].matchPolicy: \"Equivalent\" in the code, \"Exact\" in the cluster")]
    [InlineData("""{"webhooks":[{"name":"images.apply.example.com","clientConfig":{"service":{"path":"/other"}}}]}""", "webhooks[images.apply.example.com].clientConfig.service.path: \"/mutate\" in the code, \"/other\" in the cluster")]
    [InlineData("""{"webhooks":[{"name":"images.apply.example.com","objectSelector":{"matchLabels":{"a":"b"}}}]}""", "webhooks[images.apply.example.com].objectSelector.matchLabels: nothing in the code, {\"a\":\"b\"} in the cluster")]
    [InlineData("""{"webhooks":[{"name":"images.apply.example.com","rules":[{"operations":["CREATE"],"apiGroups":[""],"apiVersions":["v1"],"resources":["pods"],"scope":"Namespaced"}]}]}""", "webhooks[images.apply.example.com].rules[0].scope: \"*\" in the code, \"Namespaced\" in the cluster")]
    [InlineData("""{"metadata":{"labels":{"app.kubernetes.io/name":null}}}""", "metadata.labels.app.kubernetes.io/name: \"registered\" in the code, nothing in the cluster")]
    public async Task Diff_AnyEdit_IsShownAndMended(string patch, string drift)
    {
        await ApplyAsync();
        await EditAsync(patch);

        Assert.Equal((1, $"MutatingWebhookConfiguration/{Name}\n  {drift}\n"), await DiffAsync());

        await ApplyAsync();
        Assert.Equal((0, ""), await DiffAsync());
    }

    [ApiServerFact]
    public async Task Apply_DryRun_SaysWhatWouldHappenAndChangesNothing()
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
        var other = $"other.{_space}";
        await ApplyAsync("--app other", name: other);
        await EditAsync("""{"webhooks":[{"name":"by-hand.apply.example.com","clientConfig":{"url":"https://localhost/"},"sideEffects":"None","admissionReviewVersions":["v1"]}]}""");
        var others = await VersionsAsync(other);

        // Without --prune a configuration that the code has no more stays, and so does what others put into ours.
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
        var (elsewhere, other) = ($"registered.{_space}-2", $"other.{_space}");
        await ApplyAsync();
        await ApplyAsync("--app other", name: other);
        await ApplyAsync($"--namespace {_space}-2", name: elsewhere);
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

    // cert-manager's CA injector owns the bundle of a webhook that leaves the code; server-side apply alone would keep a stub of it, which the server refuses.
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

        // And back again, and away again: what the removal itself owned may not keep it.
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

        // This is the status at which apply reads again.
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

        // Somebody else may have filled one in.
        await ApplyAsync();
        await EditAsync("""{"webhooks":[{"name":"labels.apply.example.com","clientConfig":{"caBundle":"YnVuZGxl"}}]}""");
        await Api.PatchValidatingWebhookConfigurationAsync(
            new V1Patch("""{"webhooks":[{"name":"guard.apply.example.com","clientConfig":{"caBundle":"YnVuZGxl"}}]}""", V1Patch.PatchType.StrategicMergePatch), Name, fieldManager: "kubectl-edit");
        await ApplyAsync("--certificates secret");
    }

    [ApiServerFact]
    public async Task Prune_AfterTheLastWebhookLeftTheCode_RemovesItsConfigurations()
    {
        await ApplyAsync();

        var status = await RunAsync("status", None);
        Assert.Equal(1, status.ExitCode);
        Assert.Equal(3, status.Output.Split('\n').Count(line => line.EndsWith("not in the code", StringComparison.Ordinal)));
        var without = await RunAsync("apply", None);
        Assert.Equal(2, without.ExitCode);

        Assert.Equal($"MutatingWebhookConfiguration/{Name} removed\nValidatingWebhookConfiguration/{Name} removed\n", (await RunAsync("apply --prune", None)).Succeeded());
        Assert.Equal(0, (await RunAsync("status", None)).ExitCode);
    }

    [ApiServerFact]
    public async Task Status_ConfigurationWithoutWebhooks_IsShown()
    {
        await ApplyAsync();
        await Api.PatchMutatingWebhookConfigurationAsync(new V1Patch("""[{"op":"remove","path":"/webhooks"}]""", V1Patch.PatchType.JsonPatch), Name);

        var run = await RunAsync("status", Both);

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Contains(Images, run.Output, StringComparison.Ordinal);
    }

    [ApiServerFact]
    public async Task Status_WebhookThatLeftTheCode_IsARow()
    {
        await ApplyAsync();

        var run = await RunAsync("status", OnlyImages);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{Labels}   mutating     -", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{Guard}    validating   -", run.Output, StringComparison.Ordinal);
    }

    [ApiServerFact]
    public async Task Apply_WithoutCredentials_SaysSoInOneLine()
    {
        var (ca, token) = (Path.GetTempFileName(), Path.GetTempFileName());
        await File.WriteAllTextAsync(ca, string.Join('\n', (session.Server.Configuration.SslCaCerts ?? []).Select(certificate => certificate.ExportCertificatePem())));
        await File.WriteAllTextAsync(token, "nobody");
        var run = await AppCommand.RunAsync($"apply --server {session.Server.Configuration.Host} --token-file {token} --server-ca {ca}", Both);
        File.Delete(ca);
        File.Delete(token);

        Assert.Equal((2, "error: the API server does not know these credentials (Unauthorized): check --context, or --token-file.\n"), (run.ExitCode, run.Error));
    }

    [ApiServerFact]
    public async Task Status_ShowsEachWebhook()
    {
        var absent = await RunAsync("status", Both);
        Assert.Equal(1, absent.ExitCode);
        Assert.Equal(
            $"""
            WEBHOOK                    TYPE         REACHABLE                                    CERTIFICATE   DRIFT
            images.apply.example.com   mutating     no service {_space}/registered   -             not installed
            labels.apply.example.com   mutating     no service {_space}/registered   -             not installed
            guard.apply.example.com    validating   no service {_space}/registered   -             not installed

            """,
            absent.Output, ignoreWhiteSpaceDifferences: true);

        await ServeAsync();
        using var certificate = TestAuthority.Create(new DateTimeOffset(2036, 5, 4, 0, 0, 0, TimeSpan.Zero));
        var ca = Path.GetTempFileName();
        await File.WriteAllTextAsync(ca, certificate.ExportCertificatePem());
        await ApplyAsync($"--certificates secret --ca-file {ca}");
        File.Delete(ca);

        var well = await RunAsync("status --certificates secret", Both);
        Assert.Equal(
            """
            WEBHOOK                    TYPE         REACHABLE   CERTIFICATE           DRIFT
            images.apply.example.com   mutating     1 ready     CA until 2036-05-04   none
            labels.apply.example.com   mutating     1 ready     CA until 2036-05-04   none
            guard.apply.example.com    validating   1 ready     CA until 2036-05-04   none

            """,
            well.Output);
        Assert.Equal(0, well.ExitCode);

        await EditAsync("""{"webhooks":[{"name":"images.apply.example.com","timeoutSeconds":9}]}""");
        var drifted = await RunAsync("status --certificates secret", Both);
        Assert.Equal(1, drifted.ExitCode);
        Assert.Contains("images.apply.example.com   mutating     1 ready     CA until 2036-05-04   1 field\nlabels.apply.example.com   mutating     1 ready     CA until 2036-05-04   none\n", drifted.Output, StringComparison.Ordinal);
    }

    private static void Both(AdmissionWebhooksBuilder webhooks)
    {
        OnlyImages(webhooks);
        webhooks
            .AddMutatingWebhook(Labels, hook => hook.Path("/labels").Handle<V1Service>(context => AdmissionResult.Allow()))
            .AddValidatingWebhook(Guard, hook => hook.Path("/validate").Handle<V1Pod>(context => AdmissionResult.Allow()));
    }

    private static void None(AdmissionWebhooksBuilder webhooks)
    {
    }

    private static void OnlyImages(AdmissionWebhooksBuilder webhooks) => webhooks
        .AddMutatingWebhook(Images, hook => hook.Path("/mutate").FailurePolicy(FailurePolicy.Ignore).Handle<V1Pod>(context => AdmissionResult.Allow()));

    // None of these webhooks is there, so none may be called: what is applied selects a namespace that does not exist.
    private Task<AppCommand> RunAsync(string arguments, Action<AdmissionWebhooksBuilder> webhooks) => AppCommand.RunAsync(
        arguments.Contains("--namespace", StringComparison.Ordinal) ? arguments : $"{arguments} --namespace {_space}",
        webhooks,
        session.Server,
        AppliedWebhooks.OnlyIn("nowhere", webhooks == Both ? [Images, Labels, Guard] : webhooks == None ? [] : [Images]));

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

    /// <summary>What cert-manager's CA injector and somebody with kubectl add.</summary>
    private Task<V1MutatingWebhookConfiguration> FillInAsOthersDoAsync() => EditAsync(
        """{"metadata":{"labels":{"team":"platform"},"annotations":{"example.com/note":"kept"}},"webhooks":[{"name":"images.apply.example.com","clientConfig":{"caBundle":"YnVuZGxl"}}]}""");

    private async Task<(string Mutating, string Validating)> VersionsAsync(string name) => (
        (await Api.ReadMutatingWebhookConfigurationAsync(name)).Metadata.ResourceVersion,
        (await Api.ReadValidatingWebhookConfigurationAsync(name)).Metadata.ResourceVersion);

    /// <summary>A Service with an endpoint, as the control plane's controllers would make it.</summary>
    private async Task ServeAsync()
    {
        await session.Server.CreateNamespaceAsync(_space);
        var core = session.Server.Client.CoreV1;
        await core.CreateNamespacedServiceAsync(
            new V1Service { Metadata = new V1ObjectMeta { Name = "registered" }, Spec = new V1ServiceSpec { Ports = [new V1ServicePort { Port = 443 }] } }, _space);
        await core.CreateNamespacedEndpointsAsync(
            new V1Endpoints
            {
                Metadata = new V1ObjectMeta { Name = "registered" },
                Subsets = [new V1EndpointSubset { Addresses = [new V1EndpointAddress { Ip = "10.1.2.3" }], Ports = [new Corev1EndpointPort { Port = 8443 }] }],
            },
            _space);
    }
}
