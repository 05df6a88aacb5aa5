using System.Net;
using System.Text.Json.Nodes;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Dispatch;

/// <summary>A DELETE without any object, as aggregated API servers send it: handlers that need none decide, and the others are undecodable.</summary>
/// <remarks>Covers <see cref="HandlerChain"/>, <see cref="ValidatorInvoker{T}"/>, <see cref="MutatorInvoker{T}"/>, <see cref="ValidationContext{T}"/>, <see cref="MutationContext{T}"/>.</remarks>
public sealed class NoObjectTests
{
    private const string Failed = $"{WebhookHost.Name}: could not decide (uid {TestReviews.PodUid}): oldObject cannot be read as ";

    [Fact]
    public async Task Delete_ValidatorsThatNeedNoObject_Decide()
    {
        await using var typed = await WebhookHost.ValidateAsync<V1Pod>(Decide);
        await using var json = await WebhookHost.ValidateAsync<JsonObject>(Decide);
        await using var metadata = await WebhookHost.ValidateAsync<PartialObjectMetadata>(Decide);

        foreach (var host in new[] { typed, json, metadata })
        {
            Assert.True((await host.PostAsync(Delete("web"))).AssertReview()["allowed"]!.GetValue<bool>());
            Assert.Equal("kept may not go", (await host.PostAsync(Delete("kept"))).AssertReview()["status"]!["message"]!.GetValue<string>());
        }

        static AdmissionResult Decide<T>(ValidationContext<T> context)
            where T : class
        {
            Assert.False(context.HasObject);
            Assert.Null(context.OldObject);
            Assert.Equal("default", context.Namespace);
            return context.Name == "kept" ? AdmissionResult.Deny($"{context.Name} may not go") : AdmissionResult.Allow();
        }
    }

    [Fact]
    public async Task Delete_MutatorThatNeedsNoObject_Decides()
    {
        await using var host = await WebhookHost.MutateAsync<V1Pod>(context => context.Name == "kept" ? AdmissionResult.Deny("no") : AdmissionResult.Allow());

        Assert.Null((await host.PostAsync(Delete("web"))).AssertReview()["patch"]);
        Assert.False((await host.PostAsync(Delete("kept"))).AssertReview()["allowed"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Delete_HandlersThatLookAtTheObject_AreUndecodable()
    {
        await using var typed = await WebhookHost.ValidateAsync<V1Pod>(context => context.Object.Spec is null ? AdmissionResult.Allow() : AdmissionResult.Deny("no"));
        await using var metadata = await WebhookHost.MutateAsync<PartialObjectMetadata>(context => context.Object.Metadata is null ? AdmissionResult.Allow() : AdmissionResult.Deny("no"));

        (await typed.PostAsync(Delete("web"))).AssertLine(HttpStatusCode.InternalServerError, Failed + "V1Pod: the API server sent no object; see HasObject");
        (await metadata.PostAsync(Delete("web"))).AssertLine(HttpStatusCode.InternalServerError, Failed + "PartialObjectMetadata: the API server sent no object; see HasObject");
    }

    [Fact]
    public async Task Delete_MutatorThatEditsNothing_Fails()
    {
        await using var assigns = await WebhookHost.MutateAsync<V1Pod>(context =>
        {
            context.Object = new V1Pod();
            return AdmissionResult.Allow();
        });
        await using var patches = await WebhookHost.MutateAsync<V1Pod>(context =>
        {
            context.Patch.SetLabel("a", "b");
            return AdmissionResult.Allow();
        });

        foreach (var host in new[] { assigns, patches })
        {
            var response = await host.PostAsync(Delete("web"));
            Assert.Equal(HttpStatusCode.InternalServerError, response.Status);
            Assert.EndsWith("delegate edited a deletion, where the API server accepts no patch", response.Text.TrimEnd(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("CREATE")]
    [InlineData("UPDATE")]
    [InlineData("CONNECT")]
    public async Task OtherOperation_WithoutAnObject_IsUndecodableForEveryHandler(string operation)
    {
        var asked = false;
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ =>
        {
            asked = true;
            return AdmissionResult.Allow();
        });

        var response = await host.PostAsync(Delete("web", operation));

        Assert.Equal(HttpStatusCode.InternalServerError, response.Status);
        Assert.False(asked);
    }

    [Fact]
    public async Task Delete_WithAnObject_HasOne()
    {
        bool? hasObject = null;
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(context =>
        {
            hasObject = context.HasObject;
            return AdmissionResult.Allow();
        });

        (await host.PostAsync(TestReviews.Recorded("delete-pods.json"))).AssertReview(JsonNode.Parse(TestReviews.Recorded("delete-pods.json"))!["request"]!["uid"]!.GetValue<string>());

        Assert.True(hasObject);
    }

    private static byte[] Delete(string name, string operation = "DELETE") => TestReviews.CreatePod(review =>
    {
        review.Request()["operation"] = operation;
        review.Request()["name"] = name;
        review.Request()["object"] = null;
        review.Request()["oldObject"] = null;
    });
}
