using AdmissionSdk.Testing;
using k8s.Models;
using Shared;

namespace Snippets.Tests;

/// <summary>The README's program, run without changes.</summary>
public sealed class GettingStartedTests
{
    [Fact]
    public async Task GettingStarted_Pod_IsRewritten()
    {
        await using var host = await AdmissionTestHost.StartAsync<RegistryRewriter>();

        var outcome = await host.SendAsync(AdmissionReviewBuilder.Create(Pod()));

        Assert.Equal("registry.example.com/nginx:1.9", outcome.EnsureAllowed().GetObject<V1Pod>().Spec.Containers[0].Image);
    }

    [Fact]
    public async Task GettingStarted_Properties_Hold()
    {
        await using var host = await AdmissionTestHost.StartAsync<RegistryRewriter>();

        await host.EnsureWellBehavedAsync(AdmissionReviewBuilder.Create(Pod()));
    }

    [Fact]
    public async Task GettingStarted_PodWithoutContainers_IsAllowed()
    {
        await using var host = await AdmissionTestHost.StartAsync<RegistryRewriter>();

        (await host.SendAsync(AdmissionReviewBuilder.Create("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"},"spec":{}}"""))).EnsureAllowed();
        (await host.SendAsync(AdmissionReviewBuilder.Create("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"}}"""))).EnsureAllowed();
    }

    [Fact]
    public async Task GettingStarted_Try_PrintsWhatTheReadmeShows()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        var file = Path.Combine(Directory.CreateTempSubdirectory("readme-").FullName, "pod.yaml");
        await File.WriteAllTextAsync(file, Between(readme, "cat >pod.yaml <<'POD'\n", "POD\n"));
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAdmissionWebhooks().AddMutator<V1Pod, RegistryRewriter>("images.registry.example.com");
        await using var app = builder.Build();
        app.MapAdmissionWebhooks();
        using var output = new StringWriter { NewLine = "\n" };

        var code = await app.RunAdmissionWebhooksAsync(["try", file], null, new System.CommandLine.InvocationConfiguration { Output = output }, CancellationToken.None);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

        Assert.Equal(0, code);
        Assert.Equal(Between(readme, "```text\n", "```"), output.ToString());
    }

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static V1Pod Pod() => new()
    {
        Metadata = new V1ObjectMeta { Name = "web", Labels = new Dictionary<string, string> { ["app"] = "web" } },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = "nginx:1.9" }] },
    };
}
