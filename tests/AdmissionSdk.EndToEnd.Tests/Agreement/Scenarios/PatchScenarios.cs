using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Support.Build;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>JSON patch as the API server applies it (contract 12), on the free-form part of a custom resource.</summary>
internal static class PatchScenarios
{
    private const string Document = """{"free":{"l":[1,2],"m":{"x":1},"n":null,"s":"<é>","a/b":1,"t~u":2,"num":1.5}}""";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Patch("12.1", "an empty list changes nothing", "[]"),
        Patch("12.1", "null changes nothing", "null"),
        Patch("12.2", "add sets a member", """[{"op":"add","path":"/spec/free/z","value":{"a":[true,null]}}]"""),
        Patch("12.2", "add replaces a member", """[{"op":"add","path":"/spec/free/m","value":2}]"""),
        Patch("12.2", "add without a value adds null", """[{"op":"add","path":"/spec/free/z"}]"""),
        Patch("12.2", "add does not make parents", """[{"op":"add","path":"/spec/free/q/z","value":1}]"""),
        Patch("12.2", "add labels where there are none", """[{"op":"add","path":"/metadata/labels/x","value":"y"}]"""),
        Patch("12.2", "add to the whole document is an error", """[{"op":"add","path":"","value":{}}]"""),
        Patch("12.2", "add to an empty key", """[{"op":"add","path":"/spec/free/m/","value":"e"}]"""),
        Patch("12.3", "replace adds a missing member", """[{"op":"replace","path":"/spec/free/z","value":1}]"""),
        Patch("12.3", "replace at a bad index fails", """[{"op":"replace","path":"/spec/free/l/7","value":1}]"""),
        Patch("12.3", "replace the whole document", """[{"op":"replace","path":"","value":{"apiVersion":"agreement.example.com/v1","kind":"Widget","metadata":{"name":"w"},"spec":{"color":"red"}}}]"""),
        Patch("12.3", "replace the whole document with a scalar", """[{"op":"replace","path":"","value":5}]"""),
        Patch("12.4", "remove a member", """[{"op":"remove","path":"/spec/free/m"}]"""),
        Patch("12.4", "remove a missing member fails", """[{"op":"remove","path":"/spec/free/z"}]"""),
        Patch("12.5", "dash appends", """[{"op":"add","path":"/spec/free/l/-","value":3}]"""),
        Patch("12.5", "dash is no index to remove", """[{"op":"remove","path":"/spec/free/l/-"}]"""),
        Patch("12.5", "add inserts", """[{"op":"add","path":"/spec/free/l/1","value":3}]"""),
        Patch("12.5", "minus one is the last", """[{"op":"replace","path":"/spec/free/l/-1","value":9}]"""),
        Patch("12.5", "add at minus one appends", """[{"op":"add","path":"/spec/free/l/-1","value":9}]"""),
        Patch("12.5", "remove from the end", """[{"op":"remove","path":"/spec/free/l/-2"}]"""),
        Patch("12.5", "plus and leading zeros", """[{"op":"replace","path":"/spec/free/l/+0","value":8},{"op":"replace","path":"/spec/free/l/01","value":9}]"""),
        Patch("12.5", "add beyond the end fails", """[{"op":"add","path":"/spec/free/l/3","value":9}]"""),
        Patch("12.5", "remove beyond the end fails", """[{"op":"remove","path":"/spec/free/l/2"}]"""),
        Patch("12.6", "test holds", """[{"op":"test","path":"/spec/free/m","value":{"x":1}},{"op":"add","path":"/spec/free/ok","value":true}]"""),
        Patch("12.6", "test of an absent member against null holds", """[{"op":"test","path":"/spec/free/z","value":null},{"op":"test","path":"/spec/free/z"},{"op":"add","path":"/spec/free/ok","value":true}]"""),
        Patch("12.6", "test of null holds", """[{"op":"test","path":"/spec/free/n","value":null},{"op":"add","path":"/spec/free/ok","value":true}]"""),
        Patch("12.6", "test compares numbers as text", """[{"op":"test","path":"/spec/free/m/x","value":1.0}]"""),
        Patch("12.6", "test compares strings as text: lower-case escapes hold", """[{"op":"test","path":"/spec/free/s","value":"\u003cé\u003e"},{"op":"add","path":"/spec/free/ok","value":true}]"""),
        Patch("12.6", "test compares strings as text: upper-case escapes fail", """[{"op":"test","path":"/spec/free/s","value":"\u003Cé\u003E"}]"""),
        Patch("12.6", "test compares strings as text: no escapes fail", """[{"op":"test","path":"/spec/free/s","value":"<é>"}]"""),
        Patch("12.6", "test of a list", """[{"op":"test","path":"/spec/free/l","value":[1,2]},{"op":"add","path":"/spec/free/ok","value":true}]"""),
        Patch("12.6", "test fails", """[{"op":"test","path":"/spec/free/m/x","value":2}]"""),
        Patch("12.7", "copy of a missing member writes null", """[{"op":"copy","from":"/spec/free/z","path":"/spec/free/y"}]"""),
        Patch("12.7", "copy", """[{"op":"copy","from":"/spec/free/m","path":"/spec/free/l/0"}]"""),
        Patch("12.7", "move", """[{"op":"move","from":"/spec/free/l/0","path":"/spec/free/l/-"}]"""),
        Patch("12.7", "move of a missing member fails", """[{"op":"move","from":"/spec/free/z","path":"/spec/free/y"}]"""),
        Patch("12.8", "escaped keys", """[{"op":"remove","path":"/spec/free/a~1b"},{"op":"remove","path":"/spec/free/t~0u"}]"""),
        Patch("12.8", "a path without a leading slash loses its first segment", """[{"op":"add","path":"lost/spec/color","value":"red"}]"""),
        Patch("12.8", "null on the way is missing", """[{"op":"add","path":"/spec/free/n/x","value":1}]"""),
        Patch("12.8", "operations are case-sensitive", """[{"op":"Add","path":"/spec/free/x","value":1}]"""),
        Patch("12.8", "no path to add", """[{"op":"add","value":1}]"""),
        Patch("12.8", "no path to replace", """[{"op":"replace","value":1}]"""),
        Patch("12.8", "no path to test", """[{"op":"test","value":1}]"""),
        Patch("12.8", "no path to move to", """[{"op":"move","from":"/spec/free/num"}]"""),
        Patch("12.8", "nothing to move from", """[{"op":"move","path":"/spec/free/x"}]"""),
        Patch("12.8", "nothing to copy from", """[{"op":"copy","path":"/spec/free/x"}]"""),
        Patch("12.8", "a path of another type", """[{"op":"replace","path":5,"value":1}]"""),
        Patch("12.8", "no operation", """[{"path":"/spec/free/x","value":1}]"""),
        Patch("12.8", "unknown members are ignored", """[{"op":"add","path":"/spec/free/z","value":1,"why":"not"}]"""),
        Patch("12.9", "a later failure discards all", """[{"op":"add","path":"/spec/free/z","value":1},{"op":"remove","path":"/spec/free/nothing"}]"""),
        Scenario("12.9", "a failure discards what earlier webhooks did", [
            Mutating("one", Reply.Patch("""[{"op":"add","path":"/spec/color","value":"red"}]"""), OnWidgets()), Mutating("two", Reply.Patch("""[{"op":"remove","path":"/x"}]"""), OnWidgets())],
            CreateWidget(Document) with { ReadBack = true }),
    ];

    private static Scenario Patch(string rule, string title, string patch) => Scenario(rule, title, [Mutating("m", Reply.Patch(patch), OnWidgets())], CreateWidget(Document));
}
