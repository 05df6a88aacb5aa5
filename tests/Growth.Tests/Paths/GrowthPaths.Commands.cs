using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Rewriting;
using AdmissionSdk.CommandLine.Yaml;
using Growth.Tests.Support;
using ImageRegistryWebhook.Commands;

namespace Growth.Tests.Paths;

/// <content>Manifests at build time.</content>
public static partial class GrowthPaths
{
    private const string Mirror = "rules: [{name: hub, match: {registries: [docker.io]}, action: rewrite, target: registry.example.com/hub}]\ndefault: deny\n";

    private static IEnumerable<(string Name, Func<int, Action> Prepare)> Commands()
    {
        yield return ("check: documents", n => Command("check", Documents(n)));
        yield return ("check: containers", n => Command("check", Containers(n)));
        yield return ("check: containers in JUnit", n => Command("check", Containers(n), "--output", "junit"));
        yield return ("check: containers in SARIF", n => Command("check", Containers(n), "--output", "sarif"));
        yield return ("images: containers in JSON", n => Command("images", Containers(n), "--output", "json"));
        yield return ("check: aliases", n => Command("check", $"a: &a {{image: nginx}}\nkind: Pod\nspec: {{containers: [{string.Join(", ", Enumerable.Repeat("*a", n))}]}}\n"));
        yield return ("check: wide map", n => Command("check", "kind: Pod\nmetadata: {annotations: {" + string.Join(", ", Enumerable.Range(0, n).Select(i => $"a{i}: v")) + "}}\nspec: {containers: [{image: nginx}]}\n"));
        yield return ("check: long lines", n => Command("check", $"kind: Pod\nmetadata: {{name: \"{new string('a', 8 * n)}\"}}\nspec: {{containers: [{string.Join(", ", Enumerable.Repeat("{image: nginx}", n))}]}}\n"));
        yield return ("rewrite: documents", n => Command("rewrite", Documents(n)));
        yield return ("rewrite: containers", n => Command("rewrite", Containers(n)));
        yield return ("rewrite: containers as a diff", n => Command("rewrite", Containers(n), "--diff"));
        yield return ("rewrite: containers far apart as a diff", n => Command("rewrite", Apart(n), "--diff"));
    }

    private static IEnumerable<(string Name, Func<int, Action> Prepare)> Edits()
    {
        yield return ("rewrite by webhook: every value of a wide map", n => Rewrite(
            "a:\n" + Lines(n, i => $"  k{i}: v\n"), new JsonObject { ["a"] = Pods.Map(n, i => ($"k{i}", "w")) }));
        yield return ("rewrite by webhook: keys removed from a wide map", n => Rewrite(
            "a:\n  stays: v\n" + Lines(n, i => $"  k{i}: v\n"), new JsonObject { ["a"] = new JsonObject { ["stays"] = "v" } }));
        yield return ("rewrite by webhook: every named element", n => Rewrite(
            "a:\n" + Lines(n, i => $"- name: e{i}\n  v: 1\n"), new JsonObject { ["a"] = Pods.List(n, i => new JsonObject { ["name"] = $"e{i}", ["v"] = 2 }) }));
        yield return ("rewrite by webhook: an element added to many lists", n => Rewrite(
            Lines(n, i => $"l{i}:\n- a\n"), new JsonObject(Enumerable.Range(0, n).Select(i => KeyValuePair.Create($"l{i}", (JsonNode?)new JsonArray("a", "b"))))));
    }

    private static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(line));

    private static Action Rewrite(string text, JsonObject wanted) => () =>
    {
        var root = YamlReader.Read(text).Single()!;
        var edits = new TextEdits(text);
        new ObjectEditor(edits, SharedNodes.Find(root)).Edit(root, wanted, "");
        edits.Apply();
    };

    private static string Documents(int count) => string.Concat(Enumerable.Range(0, count).Select(i =>
        $"---\nkind: Pod\nmetadata: {{name: p{i}}}\nspec:\n  containers:\n  - name: a\n    image: nginx:{i}\n"));

    private static string Containers(int count) =>
        "kind: Pod\nspec:\n  containers:\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"  - name: c{i}\n    image: nginx:{i}\n"));

    private static string Apart(int count) =>
        "kind: Pod\nspec:\n  containers:\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"  - image: nginx:{i}\n    args:\n" + string.Concat(Enumerable.Repeat("    - x\n", 12))));

    private static Action Command(string command, string manifests, params string[] more)
    {
        var policy = Path.Combine(Path.GetTempPath(), $"growth-{Guid.NewGuid():n}.yaml");
        return () =>
        {
            File.WriteAllText(policy, Mirror);
            try
            {
                using var input = new MemoryStream(Encoding.UTF8.GetBytes(manifests));
                var (output, error) = (new StringWriter(), new StringWriter());
                string[] arguments = command == "images" ? ["images", .. more, "-"] : [command, "--policy", policy, .. more, "-"];
                var code = ImageCommandLine.Run(arguments, input, output, error);
                Assert.True(code is 0 or 1, $"{code}: {error}");
            }
            finally
            {
                File.Delete(policy);
            }
        };
    }
}
