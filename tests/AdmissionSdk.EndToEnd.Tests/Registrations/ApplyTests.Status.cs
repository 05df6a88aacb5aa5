using AdmissionSdk.EndToEnd.Tests.Support;
using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Registrations;

/// <content>Tests of <c>diff</c>, <c>status</c> and <c>apply --prune</c>.</content>
public sealed partial class ApplyTests
{
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

    // Kinds of edits in an emergency, as patches that kubectl edit would send.
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
    public async Task Status_ShowsEachWebhook()
    {
        var absent = await RunAsync("status", Both);
        Assert.Equal(1, absent.ExitCode);
        Assert.Equal(
            $"""
            WEBHOOK                    TYPE         REACHABLE                                    CERTIFICATE   DRIFT
            images.apply.example.com   mutating     no service {_namespace}/registered   -             not installed
            labels.apply.example.com   mutating     no service {_namespace}/registered   -             not installed
            guard.apply.example.com    validating   no service {_namespace}/registered   -             not installed

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

    /// <summary>A Service with an endpoint, as the control plane's controllers would make it.</summary>
    private async Task ServeAsync()
    {
        await session.Server.CreateNamespaceAsync(_namespace);
        var core = session.Server.Client.CoreV1;
        await core.CreateNamespacedServiceAsync(
            new V1Service { Metadata = new V1ObjectMeta { Name = "registered" }, Spec = new V1ServiceSpec { Ports = [new V1ServicePort { Port = 443 }] } }, _namespace);
        await core.CreateNamespacedEndpointsAsync(
            new V1Endpoints
            {
                Metadata = new V1ObjectMeta { Name = "registered" },
                Subsets = [new V1EndpointSubset { Addresses = [new V1EndpointAddress { Ip = "10.1.2.3" }], Ports = [new Corev1EndpointPort { Port = 8443 }] }],
            },
            _namespace);
        if (session.Server.Version >= new Version(1, 21))
        {
            // No controller mirrors Endpoints here, and newer servers have the addresses in slices.
            await session.Server.Client.DiscoveryV1.CreateNamespacedEndpointSliceAsync(
                new V1EndpointSlice
                {
                    Metadata = new V1ObjectMeta { Name = "registered-1", Labels = new Dictionary<string, string> { ["kubernetes.io/service-name"] = "registered" } },
                    AddressType = "IPv4",
                    Endpoints = [new V1Endpoint { Addresses = ["10.1.2.3"], Conditions = new V1EndpointConditions { Ready = true } }],
                    Ports = [new Discoveryv1EndpointPort { Port = 8443, Name = "" }],
                },
                _namespace);
        }
    }
}
