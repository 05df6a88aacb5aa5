using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Rewriting;

/// <summary>The text of a file as the mutators want its objects, or what stands against it. Never half of it, and never something else.</summary>
internal static class FileRewriter
{
    /// <exception cref="RewriteRefusedException">The text cannot be changed with certainty.</exception>
    public static string Rewrite(ManifestText file, IReadOnlyList<ReviewedObject> objects)
    {
        var edits = new TextEdits(file.Text);
        foreach (var document in objects.Where(reviewed => reviewed.Result is not null).GroupBy(reviewed => reviewed.Object.Root, ReferenceEqualityComparer.Instance))
        {
            var editor = new ObjectEditor(edits, SharedNodes.Find((YamlNode)document.Key!));
            foreach (var reviewed in document)
            {
                editor.Edit(reviewed.Object.Node, reviewed.Result, "");
            }
        }

        if (!edits.Any)
        {
            return file.Text;
        }

        var text = edits.Apply();
        return Says(text, objects) ? text
            : throw new RewriteRefusedException(objects.First(reviewed => reviewed.Result is not null).Object.Node, "", "its text cannot be changed without changing something else; write it by hand");
    }

    // The proof: read again, the new text holds every object as it is wanted, and the others as they were.
    private static bool Says(string text, IReadOnlyList<ReviewedObject> objects)
    {
        try
        {
            var reader = new ObjectReader("");
            var now = YamlReader.Read(text).SelectMany(reader.Read).ToList();
            return now.Count == objects.Count && now.Zip(objects, (item, reviewed) => JsonNode.DeepEquals(YamlJson.Of(item.Node), reviewed.Result ?? YamlJson.Of(reviewed.Object.Node))).All(same => same);
        }
        catch (YamlReadException)
        {
            return false;
        }
    }
}
