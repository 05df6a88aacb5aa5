using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Serialization;
using AdmissionSdk.Tests.Patching.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Patching;

public sealed partial class PatchSessionTests
{
    [Fact]
    public void Open_DeeperThanTheOptions_Throws()
    {
        var json = "{\"spec\":{\"x\":" + Nested(1000) + "}}";

        Assert.Throws<JsonException>(() => Session(json).Open(Info<V1Pod>()));
    }

    [Fact]
    public void Commit_DeepDocument_IsPatched()
    {
        var json = "{\"spec\":{\"x\":" + Nested(990) + "}}";

        var session = Session(json);
        Replay.Apply<V1Pod>(session, context => context.Object.Spec.HostNetwork = true);

        Assert.Equal("""[{"op":"add","path":"/spec/hostNetwork","value":true}]""", Patch(session));
    }

    [Fact]
    public void Commit_ViewBecomesTooDeep_Throws()
    {
        var session = new PatchSession("""{"self":{"self":{}}}"""u8.ToArray(), PatchLimits.Default with { MaxDepth = 3 });

        var exception = Assert.Throws<PatchException>(() => Replay.Apply<Loop>(session, context => context.Object.Self!.Self!.Self = new Loop()));

        Assert.Equal("the edited object is nested deeper than 3 (MaxObjectDepth)", exception.Message);
    }

    [Fact]
    public void Commit_UnknownFieldMovedTooDeep_Throws()
    {
        // The view is not deep.
        var session = new PatchSession("""{"present":[{"id":"a","x":[[]]}]}"""u8.ToArray(), PatchLimits.Default with { MaxDepth = 5 });

        var exception = Assert.Throws<PatchException>(() => Replay.Apply<Basket>(
            session, context => context.Object.Present = [new BasketItem { Id = "b", Inner = context.Object.Present![0] }]));

        Assert.Equal("the edited object is nested deeper than 5 (MaxObjectDepth)", exception.Message);
    }

    [Fact]
    public void Commit_ConverterWritesWhatIsNotJson_Throws()
    {
        var exception = Assert.Throws<PatchException>(() => PatchOf<Scrawl>("""{"note":"a"}""", scrawl => scrawl.Note = new ScrawlNote("{")));

        Assert.Equal("a converter wrote the edited object as something else than JSON", exception.Message);
    }

    [Fact]
    public void Commit_DuplicateNamesInTheDocument_AreNotInThePatch() => Assert.Equal(
        """[{"op":"replace","path":"/spec/nodeName","value":"b"}]""",
        PatchOf<V1Pod>("""{"x":1,"x":2,"spec":{"y":1,"nodeName":"z","y":2,"nodeName":"a"}}""", pod => pod.Spec.NodeName = "b"));

    [Fact]
    public void Commit_EditMakesItTooDeep_Throws()
    {
        var session = Session("{\"x\":" + Nested(999) + "}");

        var exception = Assert.Throws<PatchException>(() =>
        {
            Replay.Apply<PartialObjectMetadata>(session, context => context.Patch.Set("/y/a", JsonNode.Parse(Nested(999), documentOptions: new JsonDocumentOptions { MaxDepth = 1000 })));
            session.Finish();
        });

        Assert.Equal("context.Patch.Set on \"/y/a\": the object would be nested deeper than 1000 (MaxObjectDepth)", exception.Message);
    }

    [Fact]
    public void Finish_LimitsAllowMoreThanTheDefault_DeepValuesAreSent()
    {
        var limits = PatchLimits.Default with { MaxDepth = 2000 };
        var session = new PatchSession(Encoding.UTF8.GetBytes("""{"spec":{}}"""), limits);
        var options = ObjectJson.CreateOptions(userResolver: null, maxDepth: 2000);
        var view = session.Open((JsonTypeInfo<JsonObject>)options.GetTypeInfo(typeof(JsonObject)));
        view.Value["spec"]!["deep"] = JsonNode.Parse(Nested(1998), documentOptions: new JsonDocumentOptions { MaxDepth = 2000 });
        session.Commit(view, view.Value, null);

        Assert.Equal(1, session.Finish().OperationCount);
    }

    [Fact]
    public void Finish_PatchLargerThanTheLimit_Throws()
    {
        var session = new PatchSession(Encoding.UTF8.GetBytes(Pod), PatchLimits.Default with { MaxPatchBytes = 100 });
        Replay.Apply<V1Pod>(session, context => context.Object.Spec.NodeName = new string('x', 100));

        Assert.Equal("the patch is larger than 100 bytes (at \"/spec/nodeName\"); edit less of the object", Assert.Throws<PatchException>(() => session.Finish()).Message);
    }

    [Fact]
    public void Finish_MoreListDifferencesThanTheLimit_ReplacesTheListWithUnknownFields()
    {
        // By path, so that nothing but content tells the elements apart.
        var raw = "{\"spec\":{\"list\":[" + string.Join(',', Enumerable.Range(0, 20).Select(i => $"{{\"id\":{i},\"x\":{i}}}")) + "]}}";
        JsonArray Changed() => [.. Enumerable.Range(0, 20).Select(i => (JsonNode)new JsonObject { ["id"] = i % 2 == 0 ? i : i + 100, ["x"] = i })];

        Assert.StartsWith("""[{"op":"replace","path":"/spec/list/1/id","value":101},""", Patch(10), StringComparison.Ordinal);
        Assert.StartsWith("""[{"op":"replace","path":"/spec/list","value":[{"id":0,"x":0},{"id":101,"x":1},""", Patch(5), StringComparison.Ordinal);

        string Patch(int maxListDifferences)
        {
            var session = new PatchSession(Encoding.UTF8.GetBytes(raw), PatchLimits.Default with { MaxListDifferences = maxListDifferences * 2 });
            Replay.Apply<JsonObject>(session, context => context.Patch.Set("/spec/list", Changed()));
            return PatchSessionTests.Patch(session);
        }
    }
}
