using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Patching.Replay;
using AdmissionSdk.Serialization;
using AdmissionSdk.Tests.Patching.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Patching;

/// <summary>Typed edits in place, from the object to the patch.</summary>
/// <remarks>Covers <see cref="PatchSession"/>, <see cref="ObjectGraph"/>, <see cref="ModelShape"/>, <see cref="EditReplay"/>, <see cref="OriginFinder"/>, <see cref="Composer"/>, <see cref="ObjectView{T}"/>.</remarks>
public sealed partial class PatchSessionTests
{
    private const string Pod =
        """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","creationTimestamp":null,"managedFields":[{"manager":"m","fieldsV1":{"f:spec":{}}}]},"spec":{"containers":[{"name":"a","image":"i1","x":"A"},{"name":"b","image":"i2","x":"B"}],"future":{"a":1.50}},"status":{}}""";

    [Fact]
    public void Finish_NothingCommitted_IsNoPatch() => Assert.Equal(0, Session(Pod).Finish().OperationCount);

    [Fact]
    public void Chain_SameType_EachSeesThePreviousResult_OnePatch()
    {
        var session = Session(Pod);
        Replay.Apply<V1Pod>(session, context => context.Object.Spec.Containers.Insert(0, new V1Container { Name = "first" }));
        Replay.Apply<V1Pod>(session, context =>
        {
            Assert.Equal("first", context.Object.Spec.Containers[0].Name);
            context.Object.Spec.Containers.RemoveAt(1);
            context.Object.Spec.Containers[0].Image = "set by the second";
        });

        Assert.Equal(
            """[{"op":"remove","path":"/spec/containers/0/x"},{"op":"replace","path":"/spec/containers/0/name","value":"first"},{"op":"replace","path":"/spec/containers/0/image","value":"set by the second"}]""",
            Patch(session));
    }

    [Fact]
    public void Chain_OtherTypes_UnknownFieldsStay()
    {
        var session = Session(Pod);
        Replay.Apply<V1Pod>(session, context => context.Object.Spec.Containers.Insert(0, new V1Container { Name = "first" }));
        Replay.Apply<JsonObject>(session, context => context.Object["spec"]!["containers"]![2]!["image"] = "json");
        Replay.Apply<PartialObjectMetadata>(session, context => context.Object.Metadata.Labels = new Dictionary<string, string> { ["a"] = "b" });
        Replay.Apply<V1Pod>(session, context => context.Object.Spec.Containers = [.. context.Object.Spec.Containers.Reverse()]);

        var patched = JsonNode.Parse(JsonPatch.Parse(session.Finish().Json.Span).Apply(Encoding.UTF8.GetBytes(Pod)))!;

        Assert.Equal(
            """[{"name":"b","image":"json","x":"B"},{"name":"a","image":"i1","x":"A"},{"name":"first"}]""",
            patched["spec"]!["containers"]!.ToJsonString());
        Assert.Equal("""{"a":"b"}""", patched["metadata"]!["labels"]!.ToJsonString());
        Assert.Equal("""{"a":1.50}""", patched["spec"]!["future"]!.ToJsonString());
    }

    [Fact]
    public void Chain_SecondTakesBackTheFirst_IsNoPatch()
    {
        var session = Session(Pod);
        Replay.Apply<V1Pod>(session, context => context.Object.Spec.Containers[0].Image = "other");
        Replay.Apply<V1Pod>(session, context => context.Object.Spec.Containers[0].Image = "i1");

        Assert.Equal(0, session.Finish().OperationCount);
    }

    [Fact]
    public void Commit_ObjectReplacedByACopy_IsOnlyTheDifference()
    {
        var session = Session(Pod);
        Replay.Apply<V1Pod>(session, context => context.Object = context.Object with { Spec = context.Object.Spec with { HostNetwork = true } });

        Assert.Equal("""[{"op":"add","path":"/spec/hostNetwork","value":true}]""", Patch(session));
    }

    [Fact]
    public void Commit_ObjectBuiltAnew_RemovesWhatTheViewShowedAndKeepsTheRest()
    {
        var session = Session(Pod);
        Replay.Apply<V1Pod>(session, context => context.Object = new V1Pod
        {
            ApiVersion = "v1",
            Kind = "Pod",
            Metadata = new V1ObjectMeta { Name = "p", ManagedFields = context.Object.Metadata.ManagedFields },
            Spec = new V1PodSpec { Containers = [new V1Container { Name = "b", Image = "i2" }] },
        });

        Assert.Equal("""[{"op":"remove","path":"/status"},{"op":"remove","path":"/spec/containers/0"}]""", Patch(session));
    }

    [Fact]
    public void Commit_MembersSetToNull_AreRemoved() =>
        Assert.Equal("""[{"op":"remove","path":"/spec/containers/0/image"}]""", PatchOf<V1Pod>(Pod, pod => pod.Spec.Containers[0].Image = null));

    [Fact]
    public void Commit_NullsInTheDocument_StayAsTheyAre() => Assert.Equal(
        """[{"op":"replace","path":"/spec/nodeName","value":"n"}]""",
        PatchOf<V1Pod>("""{"metadata":null,"spec":{"nodeName":null,"affinity":null,"containers":[null,{"name":"a","env":null}]}}""", pod => pod.Spec.NodeName = "n"));

    [Fact]
    public void Commit_NullElementsOfALists_StayInTheirPlaces() => Assert.Equal(
        """[{"op":"replace","path":"/spec/containers/1/name","value":"b"}]""",
        PatchOf<V1Pod>("""{"spec":{"containers":[null,{"name":"a"},null]}}""", pod => pod.Spec.Containers[1].Name = "b"));

    [Fact]
    public void Commit_OddMapKeys_AreEscaped() => Assert.Equal(
        """[{"op":"remove","path":"/data/gone"},{"op":"replace","path":"/data/a~1b","value":"1"},{"op":"replace","path":"/data/m~0n","value":"2"},{"op":"replace","path":"/data/","value":"3"},{"op":"add","path":"/data/é\"","value":"4"}]""",
        PatchOf<V1ConfigMap>("""{"data":{"a/b":"","m~n":"","":"","gone":"","kept":""}}""", map =>
        {
            map.Data["a/b"] = "1";
            map.Data["m~n"] = "2";
            map.Data[""] = "3";
            map.Data["é\""] = "4";
            map.Data.Remove("gone");
        }).Replace("\\u0022", "\\\"", StringComparison.Ordinal).Replace("\\u00E9", "é", StringComparison.Ordinal));

    [Fact]
    public void Commit_QuantityMovedAndCopied_KeepsItsSpelling()
    {
        const string raw = """{"spec":{"containers":[{"name":"a","resources":{"limits":{"cpu":"1000m","memory":"0.5Gi"}}}]}}""";

        Assert.Equal(
            """[{"op":"add","path":"/spec/containers/0/resources/requests","value":{"cpu":"1000m"}}]""",
            PatchOf<V1Pod>(raw, pod =>
            {
                var resources = pod.Spec.Containers[0].Resources;
                resources.Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = resources.Limits["cpu"] };
            }));
    }

    [Fact]
    public void Commit_DateOutOfRangeAndQuantities_AreNotWrittenBack() => Assert.Equal(
        """[{"op":"add","path":"/spec/hostNetwork","value":true}]""",
        PatchOf<V1Pod>("""{"spec":{"containers":[{"name":"a","resources":{"limits":{"cpu":"1e999999999","memory":-1}}}]},"status":{"startTime":"0000-01-01T00:00:00Z"}}""", pod => pod.Spec.HostNetwork = true));

    [Fact]
    public void Commit_MemberWithoutSetter_IsNoPartOfTheView() => Assert.Equal(
        """[{"op":"add","path":"/spec/size","value":1}]""",
        PatchOf<Widget>("""{"spec":{"summary":"theirs"}}""", widget => widget.Spec!.Size = 1));

    [Fact]
    public void Commit_DefaultShownByTheView_IsNotWritten() => Assert.Equal(
        """[{"op":"add","path":"/spec/size","value":1}]""",
        PatchOf<Widget>("""{"spec":{}}""", widget => (widget.Spec!.Size, widget.Spec.Level) = (1, 0)));

    [Fact]
    public void Commit_NumbersBeyondDoubles_Stay() => Assert.Equal(
        """[{"op":"replace","path":"/spec/big","value":9007199254740995}]""",
        PatchOf<Widget>("""{"spec":{"big":9007199254740993,"unknown":9007199254740993,"level":7}}""", widget => widget.Spec!.Big += 2));

    [Fact]
    public void Commit_NumberOutOfRange_IsNotWrittenBack() => Assert.Equal(
        """[{"op":"add","path":"/metadata/labels","value":{"a":"b"}}]""",
        PatchOf<Widget>("""{"metadata":{},"spec":{"size":99999999999,"level":-99999999999,"big":1e30}}""", widget => widget.Metadata.Labels = new Dictionary<string, string> { ["a"] = "b" }));

    [Fact]
    public void Commit_ExplicitNullForAnInt_StaysUnlessSet()
    {
        Assert.Equal("""[{"op":"add","path":"/spec/size","value":1}]""", PatchOf<Widget>("""{"spec":{"level":null}}""", widget => widget.Spec!.Size = 1));
        Assert.Equal("""[{"op":"replace","path":"/spec/level","value":2}]""", PatchOf<Widget>("""{"spec":{"level":null}}""", widget => widget.Spec!.Level = 2));
    }

    [Fact]
    public void Commit_NestedLists_AreDiffedInside() => Assert.Equal(
        """[{"op":"add","path":"/spec/matrix/0/0","value":0}]""",
        PatchOf<Widget>("""{"spec":{"matrix":[[1,2],[3]]}}""", widget => widget.Spec!.Matrix![0].Insert(0, 0)));

    [Fact]
    public void Commit_ManagedFieldsLeftAlone_AreNotInThePatch() =>
        Assert.DoesNotContain("managedFields", PatchOf<V1Pod>(Pod, pod => pod.Metadata.Labels = new Dictionary<string, string> { ["a"] = "b" }), StringComparison.Ordinal);

    [Fact]
    public void Commit_ViewCannotBeWritten_Throws()
    {
        var session = Session("{}");
        var view = session.Open(Info<Loop>());
        view.Value.Self = view.Value;

        var exception = Assert.Throws<PatchException>(() => session.Commit(view, view.Value, null));

        Assert.Equal("the edited object cannot be written: JsonException", exception.Message);
    }

    [Fact]
    public void Open_NullDocument_Throws() => Assert.Throws<JsonException>(() => Session("null").Open(Info<V1Pod>()));

    [Fact]
    public void Commit_WideMap_EveryEditedMemberIsPatched()
    {
        // The benchmarks (WideMapBenchmarks) measure the cost.
        const int count = 2000;
        var raw = "{\"data\":{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"k{i}\":\"{new string('v', 200)}\"")) + "}}";

        var session = Session(raw);
        Replay.Apply<V1ConfigMap>(session, context =>
        {
            foreach (var key in context.Object.Data.Keys.Where((_, i) => i % 2 == 0).ToArray())
            {
                context.Object.Data[key] = new string('w', 200);
            }
        });

        Assert.Equal(count / 2, session.Finish().OperationCount);
    }

    [Fact]
    public void Commit_PolymorphicMember_ElementsAreKnownByReference() => Assert.Equal(
        """[{"op":"add","path":"/shape/parts/0","value":{"name":"new"}},{"op":"replace","path":"/shape/parts/1/name","value":"renamed"}]""",
        PatchOf<Drawing>("""{"shape":{"kind":"round","parts":[{"name":"a","x":1}]}}""", drawing =>
        {
            var parts = ((RoundShape)drawing.Shape!).Parts!;
            parts.Insert(0, new DrawingPart { Name = "new" });
            parts[1].Name = "renamed";
        }));

    [Fact]
    public void Commit_MemberWithItsOwnConverter_IsReplacedWhole() => Assert.Equal(
        """[{"op":"replace","path":"/pair","value":"3-2"}]""",
        PatchOf<Drawing>("""{"pair":"1-2"}""", drawing => drawing.Pair!.Left = 3));

    private static PatchSession Session(string raw) => new(Encoding.UTF8.GetBytes(raw), PatchLimits.Default);

    private static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)ObjectJson.Default.GetTypeInfo(typeof(T));

    private static string Patch(PatchSession session) => Encoding.UTF8.GetString(session.Finish().Json.Span);

    private static string PatchOf<T>(string raw, Action<T> edit)
        where T : class => Replay.Run<T>(raw, context => edit(context.Object)).Patch;

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
