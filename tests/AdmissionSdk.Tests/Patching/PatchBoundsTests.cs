using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Diff;
using AdmissionSdk.Patching.Explicit;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Patching.Replay;
using AdmissionSdk.Serialization;
using AdmissionSdk.Tests.Patching.Support;

namespace AdmissionSdk.Tests.Patching;

/// <summary>Requesters choose the object: neither the patch nor the work for it, here or in the API server, may grow faster than the object.</summary>
/// <remarks>Covers <see cref="PatchLimits"/>, <see cref="JsonDiff"/>, <see cref="ListMatcher"/>, <see cref="PatchEditor"/>, <see cref="PatchSession"/>, <see cref="JsonTree"/>.</remarks>
public sealed class PatchBoundsTests
{
    [Theory]
    [InlineData(1000, 1000)]
    [InlineData(1001, 1)]
    public void Finish_ManyElementsRemoved_BeyondTheLimitTheListIsReplaced(int removed, int operations)
    {
        // Long elements, so that it is the number that counts.
        var raw = List(Enumerable.Range(0, 2 * removed).Select(i => i + new string('x', 60)));
        var session = Session(raw);
        Replay.Apply<V1ObjectMetaHolder>(session, context => context.Object.Finalizers = [.. context.Object.Finalizers!.Where((_, i) => i % 2 == 0)]);

        Assert.Equal(operations, session.Finish().OperationCount);
    }

    [Fact]
    public void Finish_ManyShortElementsSorted_IsNoLongerThanTheObject()
    {
        var raw = List(Enumerable.Range(0, 100_000).Select(i => $"{99_999 - i}"));
        var session = Session(raw);
        Replay.Apply<V1ObjectMetaHolder>(session, context => context.Object.Finalizers = [.. context.Object.Finalizers!.Reverse()]);

        var patch = session.Finish();

        Assert.Equal(1, patch.OperationCount);
        Assert.InRange(patch.Json.Length, 1, raw.Length + 100);
    }

    [Fact]
    public void Finish_EveryShortStringChanged_IsNoLongerThanTheObject()
    {
        var raw = List(Enumerable.Range(0, 5000).Select(i => $"{i}"));
        var session = Session(raw);
        Replay.Apply<V1ObjectMetaHolder>(session, context => context.Object.Finalizers = [.. context.Object.Finalizers!.Select(text => text + "x")]);

        Assert.StartsWith("""[{"op":"replace","path":"/finalizers","value":["0x","1x",""", Encoding.UTF8.GetString(session.Finish().Json.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Finish_EveryStringOfAListChanged_NeedsNoSearch()
    {
        // More differences than are looked for: which element was which is known.
        var session = new PatchSession(
            Encoding.UTF8.GetBytes(List(Enumerable.Range(0, 40).Select(i => $"{i}"))), PatchLimits.Default with { MaxListDifferences = 10 });
        Replay.Apply<V1ObjectMetaHolder>(session, context => context.Object.Finalizers = [.. context.Object.Finalizers!.Select(text => text + "x")]);

        Assert.Equal(40, session.Finish().OperationCount);
    }

    [Fact]
    public void Finish_DifferencesInManyLists_AreLookedForOnlySoLong()
    {
        // By path, so that nothing but content tells the elements apart: six differences a list, ten in all.
        var session = new PatchSession("""{"a":[1,2,3,4,5,6,7],"b":[1,2,3,4,5,6,7]}"""u8.ToArray(), PatchLimits.Default with { MaxListDifferences = 10 });
        Replay.Apply<JsonObject>(session, context => context.Patch.Set("/a", (int[])[1, 0, 3, 0, 5, 0, 7]).Set("/b", (int[])[1, 0, 3, 0, 5, 0, 7]));

        Assert.Equal(
            """[{"op":"replace","path":"/a/1","value":0},{"op":"replace","path":"/a/3","value":0},{"op":"replace","path":"/a/5","value":0},{"op":"replace","path":"/b","value":[1,0,3,0,5,0,7]}]""",
            Encoding.UTF8.GetString(session.Finish().Json.Span));
    }

    [Theory]
    [InlineData(0, """[{"op":"replace","path":"/a","value":{"b":{"c":1,"d":1},"e":0}}]""")]
    [InlineData(60, """[{"op":"replace","path":"/a/b","value":{"c":1,"d":1}}]""")]
    [InlineData(100, """[{"op":"replace","path":"/a/b/c","value":1},{"op":"replace","path":"/a/b/d","value":1}]""")]
    public void Finish_OperationsLongerThanTheirValue_TheValueIsReplaced(int excess, string patch)
    {
        var session = new PatchSession("""{"a":{"b":{"c":0,"d":0},"e":0},"f":0}"""u8.ToArray(), PatchLimits.Default with { MaxExcessBytes = excess });
        Replay.Apply<JsonObject>(session, context => (context.Object["a"]!["b"]!["c"], context.Object["a"]!["b"]!["d"]) = (1, 1));

        Assert.Equal(patch, Encoding.UTF8.GetString(session.Finish().Json.Span));
    }

    [Fact]
    public void Finish_ManyMembersBelowLongNames_IsNoLongerThanTheObject()
    {
        // Each operation would say the long names again.
        var name = new string('n', 2000);
        var members = string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"k{i}\":0"));
        var raw = "{\"" + name + "\":{\"" + name + "\":{" + members + "}},\"kept\":1}";
        var session = Session(raw);
        Replay.Apply<JsonObject>(session, context =>
        {
            var inner = context.Object[name]![name]!.AsObject();
            foreach (var key in inner.Select(member => member.Key).ToArray())
            {
                inner[key] = 1;
            }
        });

        Assert.InRange(session.Finish().Json.Length, 1, raw.Length + 5000);
    }

    // As docs/patching.md says.
    [Fact]
    public void Default_Limits_AreTheDocumentedOnes() => Assert.Equal(
        (1000, 16_777_216, 1000, 16_384, 3_145_728),
        (PatchLimits.Default.MaxDepth, PatchLimits.Default.MaxPatchBytes, PatchLimits.Default.MaxListDifferences, PatchLimits.Default.MaxExcessBytes, PatchLimits.Default.MaxCopyBytes));

    [Fact]
    public void Set_PointerDeeperThanTheLimit_IsRefusedBeforeAnythingIsMade()
    {
        var pointer = string.Concat(Enumerable.Repeat("/a", 32_000));

        var exception = Assert.Throws<PatchException>(() => Replay.Run<JsonObject>("{}", context => context.Patch.Set(pointer, 1)));

        Assert.Equal($"context.Patch.Set on \"{pointer[..256]}…\": the object would be nested deeper than 1000 (MaxObjectDepth)", exception.Message);
    }

    [Theory]
    [InlineData(998, true)]
    [InlineData(999, false)]
    public void Append_PointerAsDeepAsTheLimit_Applies(int depth, bool applies)
    {
        var pointer = string.Concat(Enumerable.Repeat("/a", depth));

        var exception = Record.Exception(() => Replay.Run<PartialObjectMetadata>("{}", context => context.Patch.Append(pointer, Array.Empty<int>())));

        Assert.Equal(applies ? null : $"context.Patch.Append on \"{pointer[..256]}…\": the object would be nested deeper than 1000 (MaxObjectDepth)", (exception as PatchException)?.Message);
    }

    [Fact]
    public void Commit_ViewDeeperThanItsOptions_IsRefused()
    {
        // Each is within the limit; the unknown field goes along to a place deeper down.
        var raw = """{"spec":{"containers":[{"name":"a","x":""" + Nested(996) + """}]}}""";
        var exception = Assert.Throws<PatchException>(() => Replay.Run<JsonObject>(raw, context =>
        {
            var container = context.Object["spec"]!["containers"]![0]!;
            context.Object["spec"]!["containers"]!.AsArray().Clear();
            context.Object["deeper"] = new JsonObject { ["and"] = new JsonObject { ["deeper"] = new JsonObject { ["still"] = container } } };
        }));

        Assert.Equal("the edited object cannot be written: JsonException", exception.Message);
    }

    [Fact]
    public void Finish_DeepestDocumentOnASmallStack_IsPatchedOrRefused()
    {
        // The stack of a thread on Alpine, and the greatest depth there is a setting for. An overflow would end the process.
        Exception? exception = null;
        var thread = new Thread(
            () => exception = Record.Exception(() =>
            {
                const int depth = 4000;
                var json = string.Concat(Enumerable.Repeat("{\"a\":", depth - 1)) + "{\"b\":[1]}" + new string('}', depth - 1);
                var session = new PatchSession(Encoding.UTF8.GetBytes(json), PatchLimits.Default with { MaxDepth = depth + 1 });
                var options = ObjectJson.CreateOptions(userResolver: null, maxDepth: depth + 1);
                var view = session.Open((JsonTypeInfo<JsonObject>)options.GetTypeInfo(typeof(JsonObject)));
                JsonNode inner = view.Value;
                while (inner["a"] is { } next)
                {
                    inner = next;
                }

                inner["b"]!.AsArray().Add(2);
                session.Commit(view, view.Value, explicitEdits: null);
                Assert.Equal(1, session.Finish().OperationCount);
            }),
            maxStackSize: 1536 * 1024);
        thread.Start();
        thread.Join();

        Assert.True(exception is null or PatchException or InsufficientExecutionStackException, exception?.ToString());
    }

    private static string List(IEnumerable<string> items) => JsonSerializer.Serialize(new { finalizers = items });

    private static PatchSession Session(string raw) => new(Encoding.UTF8.GetBytes(raw), PatchLimits.Default);

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private sealed class V1ObjectMetaHolder
    {
        public IList<string>? Finalizers { get; set; }
    }
}
