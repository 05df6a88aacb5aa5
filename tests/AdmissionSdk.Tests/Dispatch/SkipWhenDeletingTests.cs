using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;

namespace AdmissionSdk.Tests.Dispatch;

/// <summary>
/// Updates that only move a deletion on are skipped. A Role or a Secret has no spec and still counts while the object terminates, so the test "the
/// spec is unchanged" would let new rules and new data pass.
/// </summary>
/// <remarks>Covers <see cref="DeletionProgress"/>.</remarks>
public sealed class SkipWhenDeletingTests
{
    private const string Role = """
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role",
         "metadata":{"name":"r","namespace":"d","resourceVersion":"7","finalizers":["a/b"],"deletionTimestamp":"2026-01-01T00:00:00Z","managedFields":[]},
         "rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]}
        """;

    private const string Secret = """
        {"apiVersion":"v1","kind":"Secret","type":"Opaque","data":{"a":"YQ=="},
         "metadata":{"name":"s","namespace":"d","resourceVersion":"7","finalizers":["a/b"],"deletionTimestamp":"2026-01-01T00:00:00Z"},
         "status":{"n":1}}
        """;

    [Theory]
    [InlineData(Role)]
    [InlineData(Secret)]
    public async Task Update_FinalizersVersionAndStatusOnly_IsSkipped(string stored)
    {
        Assert.False(await IsAskedAsync(stored, o =>
        {
            o["metadata"]!.AsObject().Remove("finalizers");
            o["metadata"]!["resourceVersion"] = "8";
            o["metadata"]!["managedFields"] = new JsonArray("x");
            o["status"] = new JsonObject { ["n"] = 2 };
        }));
    }

    [Fact]
    public async Task Update_NewRulesOfADeletedRole_AreAsked() =>
        Assert.True(await IsAskedAsync(Role, o => o["rules"]![0]!["verbs"] = new JsonArray("*")));

    [Fact]
    public async Task Update_NewDataOfADeletedSecret_IsAsked() =>
        Assert.True(await IsAskedAsync(Secret, o => o["data"]!["b"] = "Yg=="));

    [Fact]
    public async Task Update_DataRemovedFromADeletedSecret_IsAsked() =>
        Assert.True(await IsAskedAsync(Secret, o => o.Remove("data")));

    [Fact]
    public async Task Update_LabelOfADeletedObject_IsAsked() =>
        Assert.True(await IsAskedAsync(Secret, o => o["metadata"]!["labels"] = new JsonObject { ["a"] = "b" }));

    [Fact]
    public async Task Update_MemberNewerThanAnyModel_IsAsked() =>
        Assert.True(await IsAskedAsync(Secret, o => o["immutable"] = true));

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    public async Task Update_OldObjectIsNotBeingDeleted_IsAsked(string timestamp)
    {
        // The new object alone proves nothing, because its deletionTimestamp is under review.
        Assert.True(await IsAskedAsync(
            Secret, o => o["metadata"]!["finalizers"] = new JsonArray(), old => old["metadata"]!["deletionTimestamp"] = JsonNode.Parse(timestamp)));
    }

    [Fact]
    public async Task Delete_ObjectBeingDeleted_IsAsked() =>
        Assert.True(await IsAskedAsync(Secret, _ => { }, operation: "DELETE"));

    [Fact]
    public async Task Update_NotOptedIn_IsAsked() =>
        Assert.True(await IsAskedAsync(Secret, _ => { }, skip: false));

    private static async Task<bool> IsAskedAsync(
        string stored, Action<JsonObject> change, Action<JsonObject>? changeOld = null, string operation = "UPDATE", bool skip = true)
    {
        var asked = false;
        await using var host = await WebhookHost.StartAsync(webhooks => webhooks.AddValidating(WebhookHost.Name, webhook => Configure(webhook).Path("/hook")
            .Handle<JsonObject>(
                _ =>
                {
                    asked = true;
                    return AdmissionResult.Allow();
                },
                rule => rule.On(Operations.All).Resource("*", "*", "*"))));

        var oldObject = JsonNode.Parse(stored)!.AsObject();
        var newObject = oldObject.DeepClone().AsObject();
        change(newObject);
        changeOld?.Invoke(oldObject);
        var review = JsonNode.Parse(TestReviews.CreatePod())!.AsObject();
        review.Request()["operation"] = operation;
        review.Request()["oldObject"] = oldObject;
        review.Request()["object"] = operation == "DELETE" ? null : newObject;
        var response = (await host.PostAsync(Encoding.UTF8.GetBytes(review.ToJsonString()))).AssertReview();
        Assert.True(response["allowed"]!.GetValue<bool>());
        return asked;

        ValidatingWebhookBuilder Configure(ValidatingWebhookBuilder webhook) => skip ? webhook.SkipWhenDeleting() : webhook;
    }
}
