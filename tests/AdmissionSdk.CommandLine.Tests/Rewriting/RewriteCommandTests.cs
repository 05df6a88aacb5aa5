using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Rewriting;
using AdmissionSdk.CommandLine.Tests.Support;
using AdmissionSdk.Registration;

namespace AdmissionSdk.CommandLine.Tests.Rewriting;

/// <remarks>Covers <see cref="RewriteCommand"/>, <see cref="FileRewriter"/>, <see cref="ObjectEditor"/>, <see cref="ListEditor"/>, <see cref="BlockText"/>, <see cref="FlowText"/>, <see cref="TextEdits"/>, <see cref="SharedNodes"/>.</remarks>
public sealed class RewriteCommandTests : IDisposable
{
    private const string Head = "# one\napiVersion: v1\nkind: ConfigMap\n";

    private readonly ManifestCommand _command = new();

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData("data:\n  a: 'x' # why\n  b: \"x\"\n  c: x\n", "data:\n  a: 'it''s' # why\n  b: \"it's\"\n  c: \"it's\"\n", "data.a = data.b = data.c = \"it's\"")]
    [InlineData("data: {a: x}\n", "data: {a: \"true\"}\n", "data.a = \"true\"")]
    [InlineData("data:\n  num: 1 # one\n", "data:\n  num: 2 # one\n", "data.num = 2")]
    [InlineData("data:\n  a: x # why\n# end\n", "data:\n  a: x # why\n  b: yy\n# end\n", "data.b = \"yy\"")]
    [InlineData("data:\n    a: x\nextra: 1", "data:\n    a: x\n    b:\n      c:\n      - d\nextra: 1", "data.b = {\"c\": [\"d\"]}")]
    [InlineData("data:\n  a: x", "data:\n  a: x\n  b: yy", "data.b = \"yy\"")]
    [InlineData("data:\r\n  a: x\r\n", "data:\r\n  a: x\r\n  b: yy\r\n  c: z\r\n", "data.b = \"yy\"; data.c = \"z\"")]
    [InlineData("data: {}\n", "data: {\"b\": \"yy\"}\n", "data.b = \"yy\"")]
    [InlineData("data: {a: x, }\n", "data: {a: x,\"b\": \"yy\" }\n", "data.b = \"yy\"")]
    [InlineData("data:\n", "data: {\"b\":\"yy\"}\n", "data = {\"b\": \"yy\"}")]
    [InlineData("data:\n  a: |\n    text\n    more\n  b: x\n", "data:\n  a: |\n    text\n    more\n  b: x\n  c: z\n", "data.c = \"z\"")]
    [InlineData("data:\n  a: |\n    text\n    more\n", "data:\n  a: |\n    text\n    more\n  c: z\n", "data.c = \"z\"")]
    [InlineData("data:\n  a: x\n  b: yy\n  c: z\n", "data:\n  a: x\n  c: z\n", "data.b = null!")]
    [InlineData("list:\n- name: a\n  v: 1\n- name: b # b\n", "list:\n- name: a\n  v: 1\n  w: 2\n- name: b # b\n- name: c\n", "list[0].w = 2; list[+] = {\"name\": \"c\"}")]
    [InlineData("list:\n  - name: a\n", "list:\n  - name: z\n  - name: a\n", "list[^] = {\"name\": \"z\"}")]
    [InlineData("list: [1, 2]\n", "list: [1, 2, 3]\n", "list[+] = 3")]
    [InlineData("list:\n- 1\n- 2\n- 3\n", "list:\n- 1\n- 3\n", "list[1] = null!")]
    [InlineData("a: &a x\nb: *a\n", "a: &a x\nb: *a\nc: z\n", "c = \"z\"")]
    [InlineData("on: yes\nn: 010\n", "on: yes\nn: 010\nc: z\n", "c = \"z\"")]
    public async Task Rewrite_Change_LeavesEverythingElseAsItIs(string before, string after, string change)
    {
        var file = _command.Write("a.yaml", Head + before);

        var run = await _command.RunAsync(webhooks => Mutate(webhooks, change), "rewrite", file);

        Assert.Equal((0, Head + after, ""), (run.ExitCode, run.Output, run.Error));
    }

    [Theory]
    [InlineData("data:\n  a: |\n    text\n", "data.a = 1", "a.yaml:5:6: error: data.a is not rewritten: it is written as a block; write it on the line of its key")]
    [InlineData("data:\n  a: \"x\n    y\"\n", "data.a = \"z\"", "a.yaml:5:6: error: data.a is not rewritten: it is written over several lines or with escapes; write it on one line")]
    [InlineData("data:\n  a: x\n  b: yy # why\n", "data.b = null!", "a.yaml:6:3: error: data.b is not rewritten: a comment would go with it; remove it by hand")]
    [InlineData("data:\n  a: x\n", "data.a = null!", "a.yaml:5:3: error: data.a is not rewritten: it is the only key of its mapping; remove both by hand")]
    [InlineData("data: {a: x, b: yy}\n", "data.a = null!", "a.yaml:4:8: error: data.a is not rewritten: it does not stand on lines of its own; remove it by hand")]
    [InlineData("data:\n  a: x\n", "data = 1", "a.yaml:5:3: error: data is not rewritten: it becomes 1; write it by hand")]
    [InlineData("a: &a x\nb: *a\n", "b = \"z\"", "a.yaml:4:7: error: b is not rewritten: its anchor stands for other places too; write it out")]
    [InlineData("x: &x {a: b}\nz: {<<: *x, c: d}\n", "z.a = \"e\"", "a.yaml:4:8: error: z.a is not rewritten: it is merged into its mapping from another; write it out")]
    [InlineData("list:\n- name: a\n- name: b\n", "list[0].name = \"b\"; list[1].name = \"a\"", "a.yaml:5:1: error: list is not rewritten: its elements get another order; write it by hand")]
    public async Task Rewrite_ChangeThatIsNotSimple_ChangesNothingAndSaysWhere(string before, string change, string error)
    {
        var file = _command.Write("a.yaml", Head + before);

        var run = await _command.RunAsync(webhooks => Mutate(webhooks, change), "rewrite", "--write", file);

        Assert.Equal((2, error + "\n"), (run.ExitCode, run.Error));
        Assert.Equal(Head + before, _command.Read("a.yaml"));
    }

    [Fact]
    public async Task Rewrite_WriteAndDiff_AgreeAndTwiceIsOnce()
    {
        const string Before = Head + "data:\n  a: x\n---\n" + Head + "data:\n  a: x\n";
        const string After = Head + "data:\n  a: yy\n  b: z\n---\n" + Head + "data:\n  a: yy\n  b: z\n";
        var file = _command.Write("a.yaml", Before);
        Action<AdmissionWebhooksBuilder> webhooks = all => Mutate(all, "data.a = \"yy\"; data.b = \"z\"");

        var diff = await _command.RunAsync(webhooks, "rewrite", "--diff", file);
        Assert.Equal(Before, _command.Read("a.yaml"));
        var written = await _command.RunAsync(webhooks, "rewrite", "--write", file);

        Assert.Equal(
            "--- a.yaml\n+++ a.yaml\n@@ -2,10 +2,12 @@\n apiVersion: v1\n kind: ConfigMap\n data:\n-  a: x\n+  a: yy\n+  b: z\n ---\n # one\n apiVersion: v1\n kind: ConfigMap\n data:\n-  a: x\n+  a: yy\n+  b: z\n",
            diff.Output);
        Assert.Equal((0, "", ""), (written.ExitCode, written.Output, written.Error));
        Assert.Equal(After, _command.Read("a.yaml"));
        await _command.RunAsync(webhooks, "rewrite", "--write", file);
        Assert.Equal(After, _command.Read("a.yaml"));
    }

    [Fact]
    public async Task Rewrite_DeniedObject_StaysAndFails()
    {
        var file = _command.Write("a.yaml", Head);

        var run = await _command.RunAsync(
            webhooks => webhooks.AddMutatingWebhook("a.example.com", webhook => webhook.Handle<JsonObject>(_ => AdmissionResult.Deny("not today"), rule => rule.Resource("", "v1", "configmaps"))),
            "rewrite", file);

        Assert.Equal((1, Head, "a.yaml:2:1: deny: ConfigMap : not today\n"), (run.ExitCode, run.Output, run.Error));
    }

    // Reads changes such as "a.b[0] = value; …": null! removes, [+] appends, [^] puts first.
    private static void Mutate(AdmissionWebhooksBuilder webhooks, string changes) => webhooks.AddMutatingWebhook(
        "a.example.com",
        webhook => webhook.Handle<JsonObject>(
            context =>
            {
                foreach (var change in changes.Split("; "))
                {
                    var parts = change.Split(" = ");
                    foreach (var target in parts[..^1])
                    {
                        Set(context.Object, target, parts[^1]);
                    }
                }

                return AdmissionResult.Allow();
            },
            rule => rule.Resource("", "v1", "configmaps")));

    private static void Set(JsonObject root, string target, string value)
    {
        var steps = target.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        JsonNode at = root;
        foreach (var step in steps[..^1])
        {
            at = step.StartsWith('[') ? at[int.Parse(step[1..^1], System.Globalization.CultureInfo.InvariantCulture)]! : at[step]!;
        }

        JsonNode? Value() => JsonNode.Parse(value);
        switch (steps[^1])
        {
            case "[+]":
                if (!at.AsArray().Any(item => JsonNode.DeepEquals(item, Value())))
                {
                    at.AsArray().Add(Value());
                }

                break;
            case "[^]":
                at.AsArray().Insert(0, Value());
                break;
            case ['[', .. var index, ']'] when value == "null!":
                at.AsArray().RemoveAt(int.Parse(index, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case var key when value == "null!":
                at.AsObject().Remove(key);
                break;
            case var key:
                at[key] = Value();
                break;
        }
    }
}
