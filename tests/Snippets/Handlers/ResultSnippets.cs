using System.Text.RegularExpressions;
using AdmissionSdk;
using AdmissionSdk.Testing;
using AdmissionSdk.Testing.Simulation;
using k8s.Models;
using Shared;

namespace Snippets.Tests.Handlers;

/// <summary>The results in docs/handlers.md, and the lines that a user of kubectl reads for each result.</summary>
/// <remarks>Covers docs/handlers.md, <see cref="AdmissionResult"/>, <see cref="FieldError"/>.</remarks>
public sealed partial class ResultSnippets
{
    private static AdmissionResult[] Results()
    {
        #region handlers-results
        AdmissionResult[] results =
        [
            AdmissionResult.Allow(),
            AdmissionResult.Deny("use a tag other than latest"),
            AdmissionResult.Deny("web is being made by somebody else", 409, "AlreadyExists"),
            AdmissionResult.Deny("the quota of shop is used up", 429).WithRetryAfter(TimeSpan.FromSeconds(5)),
            AdmissionResult.Invalid(
                FieldError.For<V1Pod>(pod => pod.Spec.Containers[0].Image, "has no tag"),
                new FieldError("metadata.labels[team]", "is missing", FieldErrorReasons.Required)),
            AdmissionResult.Fail("the registry did not answer"),
        ];
        #endregion
        return results;
    }

    [Fact]
    public async Task Results_OfThePage_AreReadByTheUserAsThePageSays()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "handlers.md"));
        List<string> lines = [];
        foreach (var result in Results().Skip(1))
        {
            await using var host = await AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks()
                .AddValidator<V1Pod>("pods.shop.example.com", context => result));
            var server = new SimulatedApiServer();
            server.RegisterWebhooks(host);

            var response = await server.CreateAsync(new V1Pod { Metadata = new V1ObjectMeta { Name = "web" }, Spec = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = "nginx" }] } });

            // The id differs each time, and kubectl ends a line with a space.
            lines.AddRange(Uid().Replace(response.KubectlOutput!.Trim(), "(uid …)").Split('\n').Select(line => line.TrimEnd()));
        }

        Assert.Contains($"```text\n{string.Join('\n', lines)}\n```", page, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\(uid [0-9a-f-]{36}\)")]
    private static partial Regex Uid();
}
