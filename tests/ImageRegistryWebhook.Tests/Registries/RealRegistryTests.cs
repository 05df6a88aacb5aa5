using ImageRegistryWebhook.Policies;
using ImageRegistryWebhook.Registries;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRegistryWebhook.Tests.Registries;

/// <summary>Look-ups in a real registry.</summary>
/// <remarks>Covers <see cref="RegistryLookup"/>, <see cref="ManifestClient"/>, <see cref="TokenSource"/>.</remarks>
public sealed class RealRegistryTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [DockerRegistryFact]
    public async Task LookUp_PushedImages_AreThereWithTheirDigests()
    {
        await using var registry = await DockerRegistry.StartAsync();
        var oci = await registry.PushAsync("acme/api", "1");
        var docker = await registry.PushAsync("acme/api", "2", "application/vnd.docker.distribution.manifest.v2+json");
        var index = await registry.PushManifestAsync("acme/api", "latest", "application/vnd.oci.image.index.v1+json", $$$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[
             {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{{oci}}}","size":500,"platform":{"os":"linux","architecture":"amd64"}}]}
            """);
        await using var rig = new LookupRig(LookupRig.Trust(($"127.0.0.1:{registry.Port}", null)));
        var image = $"127.0.0.1:{registry.Port}/acme/api";

        Assert.Equal((oci, docker), (await rig.DigestAsync($"{image}:1"), await rig.DigestAsync($"{image}:2")));
        Assert.Equal((index, index), (await rig.DigestAsync(image), await rig.DigestAsync($"{image}:latest")));
        Assert.Equal(
            [Existence.Present, Existence.Present, Existence.Present, Existence.Absent, Existence.Absent, Existence.Absent],
            [
                await rig.ExistsAsync($"{image}:1"), await rig.ExistsAsync($"{image}@{docker}"), await rig.ExistsAsync($"{image}:never-pushed@{oci}"),
                await rig.ExistsAsync($"{image}:3"), await rig.ExistsAsync($"{image}@sha256:{new string('0', 64)}"), await rig.ExistsAsync($"127.0.0.1:{registry.Port}/acme/other"),
            ]);
        Assert.DoesNotContain("http.request.method=GET", registry.Log, StringComparison.Ordinal);
    }

    [DockerRegistryFact]
    public async Task LookUp_ImageDeletedOrPushedLater_IsNoticedAfterItsTime()
    {
        await using var registry = await DockerRegistry.StartAsync();
        var digest = await registry.PushAsync("acme/api", "1");
        await using var rig = new LookupRig(LookupRig.Trust(($"127.0.0.1:{registry.Port}", null)));
        var image = $"127.0.0.1:{registry.Port}/acme/api";

        Assert.Equal((Existence.Present, Existence.Absent), (await rig.ExistsAsync($"{image}:1"), await rig.ExistsAsync($"{image}:2")));
        await registry.DeleteAsync("acme/api", digest);
        await registry.PushAsync("acme/api", "2");
        rig.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((Existence.Present, Existence.Present), (await rig.ExistsAsync($"{image}:1"), await rig.ExistsAsync($"{image}:2")));
        rig.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(Existence.Absent, await rig.ExistsAsync($"{image}:1"));
    }

    [DockerRegistryFact]
    public async Task LookUp_RegistryWithUsers_WantsTheRightOne()
    {
        await using var registry = await DockerRegistry.StartAsync(withUsers: true);
        var digest = await registry.PushAsync("acme/api", "1");
        var host = $"127.0.0.1:{registry.Port}";
        var trust = LookupRig.Trust((host, null)).ToList();
        await using var anonymous = new LookupRig(trust);
        await using var right = new LookupRig(trust.Append(("CredentialsFile", Credentials("right", host, DockerRegistry.Password))));
        await using var wrong = new LookupRig(trust.Append(("CredentialsFile", Credentials("wrong", host, "guessed"))));
        await using var other = new LookupRig(trust.Append(("CredentialsFile", Credentials("other", "registry.example.com", DockerRegistry.Password))));

        Assert.Equal(digest, await right.DigestAsync($"{host}/acme/api:1"));
        Assert.Equal(Existence.Absent, await right.ExistsAsync($"{host}/acme/api:2"));
        foreach (var rig in (LookupRig[])[anonymous, wrong, other])
        {
            Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"{host}/acme/api:1"));
        }
    }

    [DockerRegistryFact]
    public async Task Decide_WithFacts_ChecksAndPins()
    {
        await using var registry = await DockerRegistry.StartAsync();
        var digest = await registry.PushAsync("hub/library/nginx", "1");
        await using var rig = new LookupRig(LookupRig.Trust(($"127.0.0.1:{registry.Port}", null)));
        var engine = PolicyText.Engine($$"""
            rules: [{name: hub, match: {registries: [docker.io]}, action: rewrite, target: "127.0.0.1:{{registry.Port}}/hub"}]
            default: deny
            pin: {registryLookup: fallback, onMiss: keep}
            check: {exists: deny}
            """);

        Assert.Equal((ImageAction.Rewrite, $"127.0.0.1:{registry.Port}/hub/library/nginx:1@{digest}"), await DecideAsync("nginx:1"));
        Assert.Equal((ImageAction.Deny, "nginx:2"), await DecideAsync("nginx:2"));

        async Task<(ImageAction, string)> DecideAsync(string image)
        {
            var context = new ImageContext(image) { Facts = RegistryFacts.Unasked };
            var questions = 0;
            while (engine.Decide(context).Question is { } question)
            {
                Assert.InRange(++questions, 1, 2);
                context = context with { Facts = await rig.Services.GetRequiredService<IRegistryLookup>().LookUpAsync(question, context.Facts, default) };
            }

            return (engine.Decide(context).Action, engine.Decide(context).Image);
        }
    }

    private string Credentials(string name, string host, string password) =>
        LookupRig.Credentials(Directory.CreateDirectory(Path.Combine(_directory, name)).FullName, (host, DockerRegistry.User, password));
}
