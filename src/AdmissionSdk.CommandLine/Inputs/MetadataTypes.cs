using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>Refuses metadata that kubectl cannot decode: names, labels and annotations are texts.</summary>
internal static class MetadataTypes
{
    private static readonly string[] Texts = ["name", "generateName", "namespace"];
    private static readonly string[] Maps = ["labels", "annotations"];

    /// <exception cref="YamlReadException">A value is of another type.</exception>
    public static void Check(YamlMapping node)
    {
        if (FindMap(node, "metadata", "metadata") is not { } metadata)
        {
            return;
        }

        foreach (var key in Texts)
        {
            RefuseUnlessText(metadata.Find(key), $"metadata.{key}");
        }

        foreach (var key in Maps)
        {
            foreach (var entry in FindMap(metadata, key, $"metadata.{key}")?.EffectiveEntries ?? [])
            {
                RefuseUnlessText(entry.Value, $"metadata.{key}.{entry.Name}");
            }
        }
    }

    private static YamlMapping? FindMap(YamlMapping node, string key, string path) => node.Find(key) switch
    {
        null or YamlScalar { KubectlKind: YamlScalarKind.Null } => null,
        YamlMapping mapping => mapping,
        var other => throw new YamlReadException($"{path} is not a mapping, and kubectl refuses the object", other.Line, other.Column),
    };

    // A value with a tag has a check of its own, when it is converted.
    private static void RefuseUnlessText(YamlNode? value, string path)
    {
        if (value is not (null or YamlScalar { KubectlKind: YamlScalarKind.Null or YamlScalarKind.String or YamlScalarKind.Tagged }))
        {
            throw new YamlReadException($"{path} is not a text, and kubectl refuses the object; put the value in quotes", value.Line, value.Column);
        }
    }
}
