using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Models;
using AdmissionSdk.Testing.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Testing.Tests;

/// <summary>Contexts that a unit test makes for a handler, without a host.</summary>
/// <remarks>Covers <see cref="TestContexts"/>, <see cref="TestContextOptions"/>, <see cref="AdmissionSdk.Testing.Contexts.TestCall"/>, <see cref="MutationContext{T}"/>, <see cref="ValidationContext{T}"/>.</remarks>
public sealed class TestContextsTests
{
    [Fact]
    public void For_Defaults_IsACreateOfThatVeryObject()
    {
        var pod = Pod("web");

        var context = TestContexts.ForMutator(pod);

        Assert.Same(pod, context.Object);
        Assert.Null(context.OldObject);
        Assert.Equal((Operation.Create, "web", "shop", false), (context.Operation, context.Name, context.Namespace, context.DryRun));
        Assert.Equal((new GroupVersionKind("", "v1", "Pod"), new GroupVersionResource("", "v1", "pods")), (context.Kind, context.Resource));
        Assert.Equal("web", context.ObjectJson.GetProperty("metadata").GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Undefined, context.OldObjectJson.ValueKind);
    }

    [Fact]
    public void For_Delete_HasTheObjectAsTheOldOne()
    {
        var context = TestContexts.ForValidator(Pod("web"), new() { Operation = Operation.Delete });

        Assert.True(context.IsDelete);
        Assert.Same(context.Object, context.OldObject);
        Assert.Equal((JsonValueKind.Undefined, JsonValueKind.Object), (context.ObjectJson.ValueKind, context.OldObjectJson.ValueKind));
    }

    [Fact]
    public void For_WithOptions_HasThem()
    {
        var context = TestContexts.ForValidator(Pod("web"), new()
        {
            Operation = Operation.Update,
            OldObject = Pod("old"),
            DryRun = true,
            User = new UserInfo { Username = "alice" },
            Subresource = "status",
            Options = new UpdateOptions { FieldManager = "kubectl" },
        });

        Assert.Equal("old", context.OldObject!.Metadata.Name);
        Assert.Equal(("alice", true, "status", "kubectl"), (context.User.Username, context.DryRun, context.Subresource, context.GetOptions<UpdateOptions>()!.FieldManager));
    }

    [Fact]
    public void For_OptionsOfAConnection_HasTheirResourceAndSubresource()
    {
        var exec = TestContexts.ForValidator(new PodExecOptions { Command = ["ls"] }, new() { Operation = Operation.Connect });
        var other = TestContexts.ForValidator(new PodExecOptions(), new() { Operation = Operation.Connect, Subresource = "attach" });

        Assert.Equal((new GroupVersionResource("", "v1", "pods"), "exec"), (exec.Resource, exec.Subresource));
        Assert.Equal("attach", other.Subresource);
        Assert.Equal("", TestContexts.ForValidator(Pod("web")).Subresource);
    }

    [Fact]
    public void For_ObjectNestedDeep_HasNameAndNamespace()
    {
        var nested = string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100));
        var json = $$$"""{"apiVersion":"example.com/v1","kind":"Gadget","spec":{{{nested}}},"metadata":{"name":"g","namespace":"shop"}}""";

        var context = TestContexts.ForMutator(JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = 200 })!.AsObject());

        Assert.Equal(("Gadget", "g", "shop"), (context.Kind.Kind, context.Name, context.Namespace));
    }

    [Fact]
    public void For_JsonObject_TakesTheKindFromTheObject()
    {
        var context = TestContexts.ForMutator(JsonNode.Parse("""{"apiVersion":"example.com/v1","kind":"Gadget","metadata":{"name":"g"}}""")!.AsObject());

        Assert.Equal((new GroupVersionKind("example.com", "v1", "Gadget"), "g"), (context.Kind, context.Name));
    }

    [Fact]
    public void For_ServicesOfAnApplication_WritesTheObjectWithTheApplicationsJson()
    {
        var collection = new ServiceCollection();
        collection.AddAdmissionWebhooks(options => options.JsonTypeInfoResolver = GadgetJson.Resolver);
        using var services = collection.BuildServiceProvider();
        var gadget = new Gadget { Size = 7 };

        string Member(TestContextOptions options) => TestContexts.ForMutator(gadget, options).ObjectJson.TryGetProperty("volume", out _) ? "volume" : "size";

        Assert.Equal("volume", Member(new() { Services = services }));
        Assert.Equal("volume", Member(new() { Json = services.GetRequiredService<AdmissionJson>() }));
        Assert.Equal("size", Member(new() { Services = services, Json = AdmissionJson.Default }));
        Assert.Equal("size", Member(new()));
    }

    [Fact]
    public void Warn_AndAnnotate_CanBeSeenAfterwards()
    {
        var context = TestContexts.ForMutator(Pod("web"));

        context.Warn("careful");
        context.Annotate("seen", "yes");

        Assert.Equal(["careful"], context.GetWarnings());
        Assert.Equal("yes", context.GetAuditAnnotations()["seen"]);
    }

    [Fact]
    public void For_OldObjectOfAnotherType_SaysSo() =>
        Assert.Throws<ArgumentException>(() => TestContexts.ForMutator(Pod("web"), new() { OldObject = new V1Service() }));

    private static V1Pod Pod(string name) => new() { Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "shop" } };
}
