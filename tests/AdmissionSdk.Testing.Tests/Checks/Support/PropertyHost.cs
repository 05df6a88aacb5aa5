using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Tests.Support;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Testing.Tests.Checks.Support;

/// <summary>Applications with one webhook, and a review, for tests of properties.</summary>
internal static class PropertyHost
{
    public const string Name = "pods.test.example.com";

    public static readonly AdmissionReviewBuilder Review = AdmissionReviewBuilder.FromReview(RecordedReviews.Bytes("create-pods.json"));

    /// <summary>Starts an application with one mutator for all operations.</summary>
    public static Task<AdmissionTestHost> MutateAsync(Func<MutationContext<V1Pod>, AdmissionResult> handler) =>
        AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks().AddMutator(Name, handler, rule => rule.On(Operations.Any)));

    /// <summary>Starts an application with a webhook that does not use the SDK.</summary>
    public static Task<AdmissionTestHost> ForeignAsync(Func<JsonObject, JsonArray> patch) => AdmissionTestHost.StartAsync(
        services => services.AddAdmissionWebhooks(),
        app => app.MapPost("/foreign", async (HttpRequest http) =>
        {
            var request = (await JsonNode.ParseAsync(http.Body))!["request"]!;
            var response = new JsonObject { ["uid"] = request["uid"]!.GetValue<string>(), ["allowed"] = true };
            response["patchType"] = "JSONPatch";
            response["patch"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(patch(request["object"]!.AsObject()).ToJsonString()));
            var review = new JsonObject { ["kind"] = "AdmissionReview", ["apiVersion"] = "admission.k8s.io/v1", ["response"] = response };
            return Results.Text(review.ToJsonString(), "application/json");
        }));

    /// <summary>Asserts that the message has all lines.</summary>
    public static void AssertLines(AdmissionTestException exception, params string[] lines)
    {
        var actual = exception.Message.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        Assert.All(lines, line => Assert.True(actual.Contains(line), $"No line\n{line}\nin\n{exception.Message}"));
    }
}
