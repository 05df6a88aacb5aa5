using System.Text;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>Replaces the values of scalars in a text and touches nothing else: quotes, comments, anchors and line ends stay.</summary>
public static class YamlEditor
{
    /// <summary>The text with the new values.</summary>
    /// <param name="text">The text from which the scalars were read.</param>
    /// <param name="edits">Scalars and their new values.</param>
    /// <param name="refused">The scalars that could not be changed with certainty, and why.</param>
    /// <returns>The text, changed where it could be.</returns>
    public static string Apply(string text, IReadOnlyDictionary<YamlScalar, string> edits, out IReadOnlyList<(YamlScalar Scalar, string Reason)> refused)
    {
        List<(YamlScalar, string)> problems = [];
        var result = new StringBuilder(text.Length + 256);
        var position = 0;
        foreach (var (scalar, value) in edits.OrderBy(edit => edit.Key.Start))
        {
            if (Replacement(text[scalar.Start..scalar.End], scalar, value, out var reason) is { } replacement)
            {
                result.Append(text, position, scalar.Start - position).Append(replacement);
                position = scalar.End;
            }
            else
            {
                problems.Add((scalar, reason));
            }
        }

        refused = problems;
        return result.Append(text, position, text.Length - position).ToString();
    }

    private static string? Replacement(string source, YamlScalar scalar, string value, out string reason)
    {
        reason = scalar.Style == YamlScalarStyle.Block
            ? "it is written as a block; write it on the line of its key"
            : "it is written over several lines or with escapes; write it on one line";
        return scalar.Style switch
        {
            YamlScalarStyle.Plain when source == scalar.Value => value.StartsWith('[') ? $"\"{value}\"" : value,
            YamlScalarStyle.SingleQuoted when source == $"'{scalar.Value}'" => $"'{value}'",
            YamlScalarStyle.DoubleQuoted when IsOneLine(source) => $"\"{value}\"",
            // The value stands alone in its block.
            YamlScalarStyle.Block when scalar.Value.Length > 0 && source.IndexOf(scalar.Value, StringComparison.Ordinal) is > 0 and var at
                && at == source.LastIndexOf(scalar.Value, StringComparison.Ordinal)
                && string.IsNullOrWhiteSpace(source[(at + scalar.Value.Length)..]) => source[..at] + value + source[(at + scalar.Value.Length)..],
            _ => null,
        };
    }

    private static bool IsOneLine(string source) => source.Length > 1 && source[0] == '"' && source[^1] == '"' && !source.AsSpan().ContainsAny('\r', '\n');
}
