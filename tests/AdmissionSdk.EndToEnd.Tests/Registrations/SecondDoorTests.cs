using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.EndToEnd.Tests.Registrations.Support;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Linting;
using AdmissionSdk.Registration;

namespace AdmissionSdk.EndToEnd.Tests.Registrations;

/// <summary>
/// Every row of the table of second doors, on a real API server: a webhook that denies every change of the resource is not asked when the subresource
/// writes the fields that the row names.
/// </summary>
/// <remarks>Covers <see cref="SecondDoors"/>, <see cref="SecondDoor"/>, <see cref="DoorRules"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class SecondDoorTests(ApiServerSession session)
{
    private const string Webhook = "doors.registrations.example.com";

    [ApiServerFact]
    public Task Doors_OfEveryKubernetes_AreOpen() => TryAsync([.. SecondDoors.All.Where(door => door.Since is null)]);

    [ApiServerFact(MinVersion = "1.23")]
    public Task Door_OfEphemeralContainers_IsOpen() => TryAsync([SecondDoors.EphemeralContainers]);

    [ApiServerFact(MinVersion = "1.33")]
    public Task Door_OfResize_IsOpen() => TryAsync([SecondDoors.Resize]);

    [Fact]
    public void Rows_WithAVersion_HaveATestOfTheirOwn() =>
        Assert.Equal([SecondDoors.EphemeralContainers, SecondDoors.Resize], SecondDoors.All.Where(door => door.Since is not null));

    private async Task TryAsync(IReadOnlyList<SecondDoor> doors)
    {
        var run = await WebhookRun.StartAsync(session.Server, webhooks => webhooks.AddValidatingWebhook(Webhook, webhook => webhook
            .Handle<JsonObject>(
                context => context.Name.StartsWith(DoorObjects.Name, StringComparison.Ordinal) || context.Resource.Resource == "namespaces"
                    ? AdmissionResult.Deny("closed")
                    : AdmissionResult.Allow(),
                rule => Guard(rule, doors))));
        List<string> wrong = [];
        List<string> made = [];
        try
        {
            for (var i = 0; i < doors.Count; i++)
            {
                if (await TryAsync(run, doors[i], $"{DoorObjects.Name}-{i}-{run.Namespace}", made) is { } problem)
                {
                    wrong.Add($"{doors[i].Name}: {problem}");
                }
            }
        }
        finally
        {
            await run.DisposeAsync();
            foreach (var path in made)
            {
                await RawRequests.SendAsync(run.Client, HttpMethod.Delete, path);
            }
        }

        Assert.Empty(wrong);
    }

    private static void Guard(HandlerRuleBuilder rule, IReadOnlyList<SecondDoor> doors)
    {
        rule.On(Operations.Update | Operations.Delete);
        foreach (var (group, resource) in doors.Select(door => (door.Group, door.Resource)).Distinct())
        {
            rule.Resource(group, "*", resource);
        }
    }

    private static async Task<string?> TryAsync(WebhookRun run, SecondDoor door, string name, List<string> made)
    {
        // The selector of the test's webhooks matches no other namespace.
        var path = door.Resource == "namespaces" ? $"api/v1/namespaces/{run.Namespace}" : await CreateAsync(run, door, name, made);
        var (status, body) = await RawRequests.SendAsync(run.Client, HttpMethod.Patch, path, """{"metadata":{"labels":{"front":"door"}}}""");
        if (status < 400 || !body.Contains("closed", StringComparison.Ordinal))
        {
            return $"the front door is open: {status} {body}";
        }

        (status, body) = await EnterAsync(run, door, name, path);
        if (status >= 300)
        {
            return $"{status} {body}";
        }

        var (found, stored) = await RawRequests.SendAsync(run.Client, HttpMethod.Get, path);
        return found == 404
            ? (door.Subresource == "eviction" ? null : "it is gone")
            : Differences(door, JsonNode.Parse(stored)!);
    }

    private static async Task<string> CreateAsync(WebhookRun run, SecondDoor door, string name, List<string> made)
    {
        foreach (var version in DoorObjects.Versions(door.Group))
        {
            var path = DoorObjects.Path(door.Group, version, door.Resource, run.Namespace);
            var (status, body) = await RawRequests.SendAsync(run.Client, HttpMethod.Post, path, DoorObjects.Json(door.Resource, version, name, SigningRequest()));
            if (status is 200 or 201)
            {
                made.Add($"{path}/{name}");
                return made[^1];
            }

            Assert.True(status == 404, $"{door.Name}: {status} {body}");
        }

        throw new InvalidOperationException($"The API server serves no version of {door.Resource}.{door.Group}.");
    }

    private static async Task<(int Status, string Body)> EnterAsync(WebhookRun run, SecondDoor door, string name, string path)
    {
        var entry = $$"""{"back":"{{door.Subresource}}"}""";
        var metadata = $$"""{"metadata":{"labels":{{entry}},"annotations":{{entry}} } }""";
        var way = $"{path}/{door.Subresource}";
        switch (door.Subresource)
        {
            case "scale":
                return await RawRequests.SendAsync(run.Client, HttpMethod.Patch, way, """{"spec":{"replicas":7}}""");
            case "ephemeralcontainers":
                return await RawRequests.SendAsync(run.Client, HttpMethod.Patch, way, """{"spec":{"ephemeralContainers":[{"name":"debug","image":"busybox:1"}]}}""");
            case "resize":
                return await RawRequests.SendAsync(run.Client, HttpMethod.Patch, way, """{"spec":{"containers":[{"name":"app","image":"nginx:1","resources":{"requests":{"cpu":"64"}}}]}}""");
            case "binding":
                return await RawRequests.SendAsync(
                    run.Client, HttpMethod.Post, way, $$$"""{"apiVersion":"v1","kind":"Binding","metadata":{"name":"{{{name}}}","annotations":{"back":"binding"}},"target":{"kind":"Node","name":"nowhere"}}""");
            case "eviction":
                var eviction = (string version) => $$$"""{"apiVersion":"policy/{{{version}}}","kind":"Eviction","metadata":{"name":"{{{name}}}","namespace":"{{{run.Namespace}}}"}}""";
                var first = await RawRequests.SendAsync(run.Client, HttpMethod.Post, way, eviction("v1"));
                return first.Status < 300 ? first : await RawRequests.SendAsync(run.Client, HttpMethod.Post, way, eviction("v1beta1"));
            case "finalize":
                var @namespace = JsonNode.Parse((await RawRequests.SendAsync(run.Client, HttpMethod.Get, path)).Body)!;
                // The webhooks' selector goes by a label of the namespace, which stays.
                foreach (var map in new[] { "labels", "annotations" })
                {
                    (@namespace["metadata"]![map] ??= new JsonObject())["back"] = door.Subresource;
                }

                return await RawRequests.SendAsync(run.Client, HttpMethod.Put, way, @namespace.ToJsonString());
            default:
                return await RawRequests.SendAsync(run.Client, HttpMethod.Patch, way, metadata);
        }
    }

    /// <summary>Compares what was written with what the row says.</summary>
    private static string? Differences(SecondDoor door, JsonNode stored)
    {
        var (metadata, spec) = (stored["metadata"]!, stored["spec"]);
        (string Field, bool IsWritten)[] fields =
        [
            ("metadata.labels", metadata["labels"]?["back"]?.GetValue<string>() == door.Subresource),
            ("metadata.annotations", metadata["annotations"]?["back"]?.GetValue<string>() == door.Subresource),
            ("spec.replicas", spec?["replicas"]?.GetValue<int>() == 7),
            ("spec.nodeName", spec?["nodeName"] is not null),
            ("spec.ephemeralContainers", spec?["ephemeralContainers"] is not null),
            ("spec.containers[*].resources", spec?["containers"]?[0]?["resources"]?["requests"]?["cpu"]?.GetValue<string>() == "64"),
        ];
        var wrong = fields.Where(field => field.IsWritten != door.Writes.Split(", ").Contains(field.Field))
            .Select(field => $"{field.Field} is {(field.IsWritten ? "" : "not ")}written").ToList();
        return wrong.Count == 0 ? null : string.Join(", ", wrong);
    }

    private static string SigningRequest()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(new CertificateRequest("CN=door", key, HashAlgorithmName.SHA256).CreateSigningRequestPem()));
    }
}
