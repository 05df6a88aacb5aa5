using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Patching.Replay;
using AdmissionSdk.Tests.Patching.Support;

namespace AdmissionSdk.Tests.Patching;

/// <summary>Handlers of <c>JsonObject</c>: values that they do not touch keep their bytes, though JsonNode would rewrite them.</summary>
/// <remarks>Covers <see cref="ObjectGraph"/>, <see cref="ObjectIdentity"/>, <see cref="EditReplay"/>, <see cref="OriginFinder"/>.</remarks>
public sealed class JsonObjectTests
{
    private const string Raw =
        """{"a":{"e":"\u003cé\/","n":1.50,"big":12345678901234567890123,"exp":1E2,"zero":-0,"nil":null,"\u0041/b":[]},"list":[{"k":"x","v":1.0},{"k":"y","v":2.0},{"k":"z","v":3.0}],"tail":"\ud83d\ude00"}""";

    [Fact]
    public void NoEdit_AllRead_IsNoPatch() => Gives(root => _ = root.ToJsonString() + root["a"]!["n"]!.GetValue<decimal>() + root["list"]![0]!["v"], "");

    [Fact]
    public void Edit_OneMember_OthersKeepTheirBytes()
    {
        Gives(root => root["a"]!["nil"] = 1, """[{"op":"replace","path":"/a/nil","value":1}]""");
        Assert.Equal(Raw.Replace("\"nil\":null", "\"nil\":1", StringComparison.Ordinal), Result(root => root["a"]!["nil"] = 1));
    }

    [Fact]
    public void Edit_SameValueInOtherSpelling_IsNoPatch() => Gives(root => root["a"]!["e"] = "<é/", "");

    [Fact]
    public void Edit_NumberInOtherSpelling_IsAReplace() => Gives(root => root["list"]![0]!["v"] = 1, """[{"op":"replace","path":"/list/0/v","value":1}]""");

    [Fact]
    public void Move_Node_TakesItsBytesAlong()
    {
        var result = Result(root =>
        {
            var node = root["a"];
            root.Remove("a");
            root["moved"] = node;
        });

        Assert.EndsWith(""","moved":{"e":"\u003cé\/","n":1.50,"big":12345678901234567890123,"exp":1E2,"zero":-0,"nil":null,"\u0041/b":[]}}""", result, StringComparison.Ordinal);
    }

    [Fact]
    public void List_InsertRemoveAndEdit_ElementsKeepTheirBytes() => Assert.Contains(
        """[{"k":"new"},{"k":"x","v":1.0},{"k":"edited","v":3.0}]""",
        Result(root =>
        {
            var list = root["list"]!.AsArray();
            list.RemoveAt(1);
            list.Insert(0, new JsonObject { ["k"] = "new" });
            list[2]!["k"] = "edited";
        }),
        StringComparison.Ordinal);

    [Fact]
    public void List_Reversed_ElementsKeepTheirBytes() => Assert.Contains(
        """[{"k":"z","v":3.0},{"k":"y","v":2.0},{"k":"x","v":1.0}]""",
        Result(root =>
        {
            var list = root["list"]!.AsArray();
            JsonNode?[] nodes = [.. list.Reverse()];
            list.Clear();
            Array.ForEach(nodes, list.Add);
        }),
        StringComparison.Ordinal);

    [Fact]
    public void List_FirstOfEqualsRemoved_IsTheOneThatGoes() => Assert.Equal(
        """[{"op":"remove","path":"/l/0"}]""",
        Replay.Run<JsonObject>("""{"l":[{"a":1},{"a":1}]}""", context => context.Object["l"]!.AsArray().RemoveAt(0)).Patch);

    [Fact]
    public void List_OfListsOneRemovedOneEdited_EachIsWhatItWas() => Assert.Equal(
        """[{"op":"remove","path":"/l/0"},{"op":"add","path":"/l/0/2","value":5}]""",
        Replay.Run<JsonObject>("""{"l":[[1,2],[3,4]]}""", context =>
        {
            var list = context.Object["l"]!.AsArray();
            list.RemoveAt(0);
            list[0]!.AsArray().Add(5);
        }).Patch);

    [Fact]
    public void OddKeys_AreEscaped() => Gives(
        root =>
        {
            root["a"]!["A/b"]!.AsArray().Add("x");
            root["m~n"] = 1;
            root[""] = 2;
        },
        """[{"op":"add","path":"/a/A~1b/0","value":"x"},{"op":"add","path":"/m~0n","value":1},{"op":"add","path":"/","value":2}]""");

    [Fact]
    public void Replace_RootMemberByOtherKind_IsAReplace() =>
        Gives(root => root["list"] = new JsonObject(), """[{"op":"replace","path":"/list","value":{}}]""");

    [Fact]
    public void Set_Null_IsAValueHere() => Gives(root => root["tail"] = null, """[{"op":"replace","path":"/tail","value":null}]""");

    private static void Gives(Action<JsonObject> edit, string expected) =>
        Assert.Equal(expected, Replay.Run<JsonObject>(Raw, context => edit(context.Object)).Patch);

    private static string Result(Action<JsonObject> edit)
    {
        var session = new PatchSession(Encoding.UTF8.GetBytes(Raw), PatchLimits.Default);
        Replay.Apply<JsonObject>(session, context => edit(context.Object));
        session.Finish();
        return Encoding.UTF8.GetString(session.Current.Span);
    }
}
