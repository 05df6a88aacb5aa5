using System.Text.Json.Nodes;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Patching.Replay;
using AdmissionSdk.Tests.Patching.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Patching;

/// <summary>apiVersion and kind stay as they are.</summary>
/// <remarks>Covers <see cref="ObjectIdentity"/>.</remarks>
public sealed class ObjectIdentityTests
{
    private const string Raw = """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w"},"spec":{"size":1}}""";

    [Fact]
    public void Commit_ObjectBuiltAnewWithoutThem_KeepsApiVersionAndKind() => Assert.Equal(
        """[{"op":"replace","path":"/spec/size","value":2}]""",
        Replay.Run<Widget>(Raw, context => context.Object = new Widget { Metadata = new V1ObjectMeta { Name = "w" }, Spec = new WidgetSpec { Size = 2 } }).Patch);

    [Fact]
    public void Commit_JsonObjectBuiltAnewWithoutThem_KeepsApiVersionAndKind() => Assert.Equal(
        """[{"op":"remove","path":"/metadata"},{"op":"replace","path":"/spec/size","value":2}]""",
        Replay.Run<JsonObject>(Raw, context => context.Object = new JsonObject { ["kind"] = null, ["spec"] = new JsonObject { ["size"] = 2 } }).Patch);

    [Fact]
    public void Finish_AnotherKind_IsRefused() => Refused("/kind", context => context.Object.Kind = "Gadget");

    [Fact]
    public void Finish_AnotherApiVersion_IsRefused() => Refused("/apiVersion", context => context.Object.ApiVersion = "example.com/v2");

    [Fact]
    public void Finish_KindRemovedByPath_IsRefused() => Refused("/kind", context => context.Patch.Remove("/kind"));

    [Fact]
    public void Finish_KindWrittenOtherwise_IsTheSame() => Assert.Equal(
        """[{"op":"add","path":"/spec","value":{"size":1}}]""",
        Replay.Run<Widget>("""{"kind":"\u0057idget"}""", context => context.Object = new Widget { Kind = "Widget", Spec = new WidgetSpec { Size = 1 } }).Patch
            .Replace("\"level\":0,", "", StringComparison.Ordinal).Replace(",\"level\":0", "", StringComparison.Ordinal));

    private static void Refused(string pointer, Action<MutationContext<Widget>> edit) => Assert.Equal(
        $"\"{pointer}\" was changed: a patch cannot make another kind of an object (contract 13.1)",
        Assert.Throws<PatchException>(() => Replay.Run(Raw, edit)).Message);
}
