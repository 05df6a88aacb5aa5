using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AdmissionSdk.CommandLine.Reports;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>Replaces the values of scalars in a text and changes nothing else: quotes, comments, anchors and line ends stay.</summary>
[Experimental("ADMEXP001")]
public static class YamlEditor
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Replaces the values of scalars.</summary>
    /// <param name="text">The text from which the scalars were read.</param>
    /// <param name="edits">The new value of each scalar.</param>
    /// <returns>The changed text, and the scalars that could not be changed with certainty.</returns>
    public static YamlEditResult Apply(string text, IReadOnlyDictionary<YamlScalar, string> edits)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(edits);
        List<YamlEditRefusal> refusals = [];
        var result = new StringBuilder(text.Length + 256);
        var position = 0;
        foreach (var (scalar, value) in edits.OrderBy(edit => edit.Key.Start))
        {
            if (Replace(text[scalar.Start..scalar.End], scalar, value, out var reason) is { } replacement)
            {
                result.Append(text, position, scalar.Start - position).Append(replacement);
                position = scalar.End;
            }
            else
            {
                refusals.Add(new YamlEditRefusal(scalar, reason));
            }
        }

        return new YamlEditResult(result.Append(text, position, text.Length - position).ToString(), refusals);
    }

    /// <summary>Makes the new text of a scalar.</summary>
    /// <param name="source">The present text of the scalar.</param>
    /// <param name="scalar">The scalar.</param>
    /// <param name="value">The new value, a string.</param>
    /// <param name="reason">The reason of a refusal.</param>
    /// <returns>The new text; null if the scalar cannot be changed with certainty.</returns>
    internal static string? Replace(string source, YamlScalar scalar, string value, out string reason)
    {
        reason = scalar.Style == YamlScalarStyle.Block
            ? "it is written as a block; write it on the line of its key"
            : "it is written over several lines or with escapes; write it on one line";
        var isText = !value.Any(char.IsControl);
        return scalar.Style switch
        {
            YamlScalarStyle.Plain when source == scalar.Value => YamlText.WriteScalar(value),
            YamlScalarStyle.SingleQuoted when isText && source == QuoteSingle(scalar.Value) => QuoteSingle(value),
            YamlScalarStyle.DoubleQuoted when IsOneLine(source) => QuoteDouble(value),
            // A block can be changed if the value stands in the block once and alone, and does not end in a line break, which the new value would lose.
            YamlScalarStyle.Block when isText && scalar.Value.Length > 0 && !scalar.Value.EndsWith('\n') && source.IndexOf(scalar.Value, StringComparison.Ordinal) is > 0 and var at
                && at == source.LastIndexOf(scalar.Value, StringComparison.Ordinal)
                && string.IsNullOrWhiteSpace(source[(at + scalar.Value.Length)..]) => source[..at] + value + source[(at + scalar.Value.Length)..],
            _ => null,
        };
    }

    private static string QuoteSingle(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string QuoteDouble(string value) => JsonFormatter.Format(Relaxed, writer => writer.WriteStringValue(value));

    private static bool IsOneLine(string source) => source.Length > 1 && source[0] == '"' && source[^1] == '"' && !source.AsSpan().ContainsAny('\r', '\n');
}
