using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Rewriting;

/// <summary>Writes the mutators' changes of objects into the text of their file: all of the changes and nothing else, or a refusal.</summary>
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
        return HoldsObjects(file.File, text, objects) ? text
            : throw new RewriteRefusedException(objects.First(reviewed => reviewed.Result is not null).Object.Node, "", "its text cannot be changed without changing something else; write it by hand");
    }

    // The proof: the new text, read again, holds every changed object as wanted and every other object unchanged.
    private static bool HoldsObjects(string file, string text, IReadOnlyList<ReviewedObject> objects)
    {
        try
        {
            var reader = new ManifestObjectReader(file);
            var now = YamlReader.Read(text).SelectMany(reader.Read).ToList();
            return now.Count == objects.Count && now.Zip(objects, (item, reviewed) => JsonNode.DeepEquals(YamlJson.Convert(item.Node), reviewed.Result ?? YamlJson.Convert(reviewed.Object.Node))).All(same => same);
        }
        catch (YamlReadException)
        {
            return false;
        }
    }
}
