using System.Text.Json.Nodes;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Explicit;
using AdmissionSdk.Patching.Fields;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Tests.Patching.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Patching;

/// <summary>Edits by path, through <c>context.Patch</c>.</summary>
/// <remarks>Covers <see cref="PatchBuilder{T}"/>, <see cref="PatchEditor"/>, <see cref="PatchNode"/>, <see cref="PatchMembers"/>, <see cref="FieldPath"/>, <see cref="MergeKeys"/>.</remarks>
public sealed partial class PatchBuilderTests
{
    private const string Containers = """{"containers":[{"name":"a","image":"i1","x":"A"},{"name":"b","image":"i2","ports":[{"containerPort":53}]}]}""";

    [Fact]
    public void Set_TypedPath_ReplacesTheField() =>
        Gives(Containers, patch => patch.Set(pod => pod.Spec.Containers[1].Image, "new"), """[{"op":"replace","path":"/spec/containers/1/image","value":"new"}]""");

    [Fact]
    public void Set_SameValue_IsNoPatch() => Gives(Containers, patch => patch.Set(pod => pod.Spec.Containers[1].Image, "i2"), "");

    [Fact]
    public void Set_FieldTheTypeDoesNotKnow_ByPointer() =>
        Gives(Containers, patch => patch.Set("/spec/containers/0/x", "new"), """[{"op":"replace","path":"/spec/containers/0/x","value":"new"}]""");

    [Fact]
    public void Set_ParentsMissing_AreMade() => Gives(
        Containers,
        patch => patch.Set(pod => pod.Spec.Affinity.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution, new V1NodeSelector { NodeSelectorTerms = [] }),
        """[{"op":"add","path":"/spec/affinity","value":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[]}}}}]""");

    [Fact]
    public void Set_ParentIsNull_IsMade() => Gives(
        """{"securityContext":null}""",
        patch => patch.Set(pod => pod.Spec.SecurityContext.RunAsNonRoot, true),
        """[{"op":"replace","path":"/spec/securityContext","value":{"runAsNonRoot":true}}]""");

    [Fact]
    public void Set_MapByPointer_NumericKeyOfAKnownMap_IsAKey() => Gives(
        Containers,
        patch => patch.Set("/spec/nodeSelector/0", "x"),
        """[{"op":"add","path":"/spec/nodeSelector","value":{"0":"x"}}]""");

    [Fact]
    public void Set_DefaultOfANonNullableMember_IsForced()
    {
        var (_, patch) = Replay.Run<Widget>("""{"spec":{}}""", context => context.Patch.Set(widget => widget.Spec!.Level, 0));

        Assert.Equal("""[{"op":"add","path":"/spec/level","value":0}]""", patch);
    }

    [Fact]
    public void Set_Null_RemovesIfPresent()
    {
        Gives(Containers, patch => patch.Set(pod => pod.Spec.Containers[0].Image, null), """[{"op":"remove","path":"/spec/containers/0/image"}]""");
        Gives(Containers, patch => patch.Set(pod => pod.Spec.Priority, (int?)null), "");
    }

    [Fact]
    public void Set_ListElement_ReplacesItWhole()
    {
        var (result, _) = Replay.Run<V1Pod>(Pod(Containers), context => context.Patch.Set(pod => pod.Spec.Containers[0], new V1Container { Name = "z" }));

        Assert.Equal("""[{"name":"z"},{"name":"b","image":"i2","ports":[{"containerPort":53}]}]""", result["spec"]!["containers"]!.ToJsonString());
    }

    [Fact]
    public void SetLabel_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => Replay.Run<V1Pod>(Pod(Containers), context => context.Patch.SetLabel("a", null!)));
        Assert.Throws<ArgumentNullException>(() => Replay.Run<V1Pod>(Pod(Containers), context => context.Patch.SetAnnotation("a", null!)));
    }

    [Fact]
    public void Set_NoMemberInJson_Throws() => Assert.Throws<ArgumentException>(
        () => Replay.Run<V1Pod>(Pod(Containers), context => context.Patch.Set(pod => pod.Spec.Priority.HasValue, true)));

    [Fact]
    public void SetIfAbsent_Present_LeavesIt()
    {
        Gives(Containers, patch => patch.SetIfAbsent(pod => pod.Spec.Containers[0].Image, "new"), "");
        Gives(Containers, patch => patch.SetIfAbsent("/spec/containers/0/x", "new"), "");
        Gives(Containers, patch => patch.SetIfAbsent(pod => pod.Spec.Containers[0], new V1Container { Name = "z" }), "");
    }

    [Fact]
    public void SetIfAbsent_AbsentOrNull_SetsIt()
    {
        Gives(Containers, patch => patch.SetIfAbsent(pod => pod.Spec.HostNetwork, false), """[{"op":"add","path":"/spec/hostNetwork","value":false}]""");
        Gives("""{"priority":null}""", patch => patch.SetIfAbsent("/spec/priority", 1), """[{"op":"replace","path":"/spec/priority","value":1}]""");
        Gives(Containers, patch => patch.SetIfAbsent(pod => pod.Spec.HostNetwork, (bool?)null), "");
    }

    [Fact]
    public void SetIfAbsent_NullWherePresent_LeavesIt() => Gives(Containers, patch => patch.SetIfAbsent(pod => pod.Spec.Containers[0].Image, null!), "");

    [Fact]
    public void Remove_Present_RemovesFieldOrElement()
    {
        Gives(Containers, patch => patch.Remove(pod => pod.Spec.Containers[0].Image), """[{"op":"remove","path":"/spec/containers/0/image"}]""");
        Gives(Containers, patch => patch.Remove("/spec/containers/0"), """[{"op":"remove","path":"/spec/containers/0"}]""");
        Gives(Containers, patch => patch.Remove(pod => pod.Spec.Containers), """[{"op":"remove","path":"/spec/containers"}]""");
    }

    [Fact]
    public void RemoveIfPresent_Absent_IsNoPatch()
    {
        Gives(Containers, patch => patch.RemoveIfPresent(pod => pod.Spec.Affinity.PodAffinity), "");
        Gives(Containers, patch => patch.RemoveIfPresent("/spec/containers/2"), "");
        Gives(Containers, patch => patch.RemoveIfPresent("/spec/containers/-"), "");
        Gives(Containers, patch => patch.RemoveIfPresent("/spec/containers/7/image"), "");
        Gives(Containers, patch => patch.RemoveIfPresent("/spec/containers/0/image/x"), "");
    }

    [Fact]
    public void RemoveIfPresent_Present_RemovesIt() =>
        Gives(Containers, patch => patch.RemoveIfPresent(pod => pod.Spec.Containers[1]), """[{"op":"remove","path":"/spec/containers/1"}]""");

    [Fact]
    public void Set_OneElementRemovedOneEdited_EachIsWhatItWas()
    {
        var (_, patch) = Replay.Run<JsonObject>("""{"l":[{"a":1,"b":1},{"a":2,"b":2}]}""", context => context.Patch.Remove("/l/0").Set("/l/0/a", 9));

        Assert.Equal("""[{"op":"remove","path":"/l/0"},{"op":"replace","path":"/l/0/a","value":9}]""", patch);
    }

    // One of the value's elements begins at the same byte as one of the document's: a coincidence.
    [Fact]
    public void Set_List_ContentTellsWhichElementIsWhich()
    {
        var (_, patch) = Replay.Run<JsonObject>("""{"l":[{"b":2},{"a":1}]}""", context => context.Patch.Set("/l", JsonNode.Parse("""[1234,{"a":1}]""")));

        Assert.Equal("""[{"op":"replace","path":"/l/0","value":1234}]""", patch);
    }

    [Fact]
    public void AppendIfAbsent_KeyNamedByAttribute_IsPresent()
    {
        var (_, patch) = Replay.Run<Widget>(
            """{"spec":{"parts":[{"id":"a","weight":1}]}}""",
            context => context.Patch.AppendIfAbsent(widget => widget.Spec!.Parts, new WidgetPart { Id = "a" }).AppendIfAbsent("/spec/parts", new WidgetPart { Id = "a" }));

        Assert.Equal("", patch);
    }

    [Fact]
    public void AppendIfAbsent_NoKey_ComparesAllItHolds()
    {
        const string tolerations = """{"tolerations":[{"operator":"Exists","key":"a"}]}""";

        Gives(tolerations, patch => patch.AppendIfAbsent(pod => pod.Spec.Tolerations, new V1Toleration { Key = "a", OperatorProperty = "Exists" }), "");
        Gives(
            tolerations,
            patch => patch.AppendIfAbsent(pod => pod.Spec.Tolerations, new V1Toleration { Key = "a" }),
            """[{"op":"add","path":"/spec/tolerations/1","value":{"key":"a"}}]""");
        Gives("""{"finalizers":["f","g"]}""", patch => patch.AppendIfAbsent("/spec/finalizers", "g").AppendIfAbsent("/spec/finalizers", "h"), """[{"op":"add","path":"/spec/finalizers/2","value":"h"}]""");
    }

    [Fact]
    public void AppendIfAbsent_ElementChangedBefore_IsComparedAsItIsNow() => Gives(
        """{"tolerations":[{"key":"a"}]}""",
        patch => patch.Set("/spec/tolerations/0/key", "b").AppendIfAbsent(pod => pod.Spec.Tolerations, new V1Toleration { Key = "b" }),
        """[{"op":"replace","path":"/spec/tolerations/0/key","value":"b"}]""");

    [Fact]
    public void LabelsAndAnnotations_NeedNoEscaping() => Gives(
        Containers,
        patch => patch.SetLabel("example.com/team", "x").SetAnnotation("a.b/c", "y").RemoveLabel("none").RemoveAnnotation("none"),
        """[{"op":"add","path":"/metadata/labels","value":{"example.com/team":"x"}},{"op":"add","path":"/metadata/annotations","value":{"a.b/c":"y"}}]""");

    [Fact]
    public void LabelsAndAnnotations_Present_AreReplacedAndRemoved()
    {
        var (_, patch) = Replay.Run<V1Pod>(
            """{"metadata":{"labels":{"a/b":"1","c":"2"},"annotations":{"d/e":"3","f":"4"}}}""",
            context => context.Patch.SetLabel("a/b", "9").RemoveLabel("c").SetAnnotation("d/e", "9").RemoveAnnotation("f"));

        Assert.Equal(
            """
            [{"op":"remove","path":"/metadata/labels/c"},{"op":"replace","path":"/metadata/labels/a~1b","value":"9"},{"op":"remove","path":"/metadata/annotations/f"},{"op":"replace","path":"/metadata/annotations/d~1e","value":"9"}]
            """.Trim(),
            patch);
    }

    [Fact]
    public void Order_EditsInPlaceComeFirstThenWhatWasSaidInOrder() => Gives(
        Containers,
        context =>
        {
            context.Patch.Set(pod => pod.Spec.Containers[0].Image, "by path").Append(pod => pod.Spec.Containers, new V1Container { Name = "last" });
            context.Object.Spec.Containers.RemoveAt(0);
            context.Object.Spec.Containers[0].Image = "in place";
        },
        """[{"op":"remove","path":"/spec/containers/0"},{"op":"add","path":"/spec/containers/1","value":{"name":"last"}},{"op":"replace","path":"/spec/containers/0/image","value":"by path"}]""");

    [Fact]
    public void Set_BesideAnEditInPlace_UnknownFieldsStay()
    {
        var (result, _) = Replay.Run<V1Pod>(Pod(Containers), context =>
        {
            context.Object.Spec.Containers.Insert(0, new V1Container { Name = "new" });
            context.Patch.Set(pod => pod.Spec.Containers[1].Image, "by path");
        });

        Assert.Equal("""{"name":"a","image":"by path","x":"A"}""", result["spec"]!["containers"]![1]!.ToJsonString());
    }

    [Theory]
    [InlineData("/spec/containers/2/image", "Set", "element \"2\" does not exist in a list of 2; use Append to add one")]
    [InlineData("/spec/containers/-", "Set", "element \"-\" does not exist in a list of 2; use Append to add one")]
    [InlineData("/spec/tolerations/0/key", "Set", "element \"0\" does not exist in a list of 0; use Append to add one")]
    [InlineData("/spec/containers/0/image/x", "Set", "its parent is a plain value")]
    [InlineData("/spec/containers/0/image/x/y", "Set", "there is nothing below a plain value at \"x\"")]
    [InlineData("/spec/unknown/0", "Set", "\"unknown\" is missing, and \"0\" does not tell whether it is a list or a map; set it as a whole")]
    [InlineData("", "Set", "the whole object cannot be replaced; edit context.Object")]
    [InlineData("/spec/containers/0/none", "Remove", "there is nothing to remove; use RemoveIfPresent where it may be absent")]
    [InlineData("/spec/containers/2", "Remove", "there is nothing to remove; use RemoveIfPresent where it may be absent")]
    [InlineData("/spec/none/a", "Remove", "there is nothing to remove; use RemoveIfPresent where it may be absent")]
    [InlineData("", "Remove", "the whole object cannot be removed")]
    [InlineData("/spec/containers/0/image", "Append", "it is not a list")]
    [InlineData("/spec/containers/0", "Append", "it is not a list")]
    public void CannotApply_TheErrorNamesThePath(string pointer, string verb, string reason)
    {
        var exception = Assert.Throws<PatchException>(() => Replay.Run<V1Pod>(Pod(Containers), context => _ = verb switch
        {
            "Set" => context.Patch.Set(pointer, "x"),
            "Remove" => context.Patch.Remove(pointer),
            _ => context.Patch.Append(pointer, "x"),
        }));

        Assert.Equal($"context.Patch.{verb} on \"{pointer}\": {reason}", exception.Message);
    }

    [Theory]
    [InlineData(256, false)]
    [InlineData(257, true)]
    public void CannotApply_LongPointer_IsCutInTheError(int length, bool isCut)
    {
        var pointer = "/" + new string('a', length - 1);

        var exception = Assert.Throws<PatchException>(() => Replay.Run<V1Pod>(Pod(Containers), context => context.Patch.Remove(pointer)));

        Assert.StartsWith($"context.Patch.Remove on \"{pointer[..256]}{(isCut ? "…" : "")}\": ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Set_PointerIsNone_ThrowsWhereItIsSaid() => Assert.Throws<ArgumentException>(() =>
        Replay.Run<V1Pod>(Pod(Containers), context => context.Patch.Set("spec/priority", 1)));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void SetLabel_NoKey_Throws(string? key) => Assert.ThrowsAny<ArgumentException>(() =>
        Replay.Run<V1Pod>(Pod(Containers), context => context.Patch.SetLabel(key!, "x")));

    [Fact]
    public void Set_JsonObject_ByPointer()
    {
        var (_, patch) = Replay.Run<JsonObject>("""{"spec":{"n":1.50}}""", context => context.Patch.Set("/spec/deep/er", new JsonArray(1, "x")));

        Assert.Equal("""[{"op":"add","path":"/spec/deep","value":{"er":[1,"x"]}}]""", patch);
    }

    private static string Pod(string spec) => """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":""" + spec + "}";

    private static void Gives(string spec, Action<PatchBuilder<V1Pod>> edit, string expected) => Gives(spec, context => edit(context.Patch), expected);

    private static void Gives(string spec, Action<MutationContext<V1Pod>> edit, string expected)
    {
        var (_, patch) = Replay.Run<V1Pod>(Pod(spec), edit);

        Assert.Equal(expected, patch);
    }
}
