using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Tests.Yaml;

/// <summary>Small documents with what kubectl's reader makes of each: blocks, quotes, scalars, structure.</summary>
/// <remarks>Covers <see cref="YamlReader"/>, <see cref="YamlScanner"/>, <see cref="YamlParser"/>, <see cref="YamlCursor"/>, <see cref="BlockScalar"/>, <see cref="QuotedScalar"/>, <see cref="PlainScalar"/>, <see cref="FoldedSpace"/>, <see cref="TextPool"/>.</remarks>
public sealed class KubectlYamlTests
{
    private const string Refused = "refuses";
    private const string Breaks = "\n\r\u0085\u2028\u2029";

    private static readonly IReadOnlyDictionary<string, JsonNode> Rows = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures"), "kubectl-yaml*.jsonl").SelectMany(File.ReadLines)
        .Select(line => JsonNode.Parse(line)!).ToDictionary(row => (string)row["id"]!);

    public static TheoryData<string> Ids => [.. Rows.Keys];

    [Fact]
    public void Rows_AreAllThere() => Assert.InRange(Rows.Count, 172, int.MaxValue);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Read_Document_IsWhatKubectlReads(string id)
    {
        var (text, expected) = ((string)Rows[id]["text"]!, Rows[id]["kubectl"]!);

        if (expected is JsonValue)
        {
            Assert.Equal(Refused, (string)expected!);
            var refusal = Assert.ThrowsAny<YamlReadException>(() => Read(text));
            Assert.InRange(refusal.Line, 1, text.Count(character => character is '\n' or '\r') + 1);
            return;
        }

        Assert.Equal(Normalize(expected), Normalize(Read(text)));
    }

    // The editor cuts scalars out of the text, so each has to be where the reader says.
    [Theory]
    [MemberData(nameof(Ids))]
    public void Read_Scalar_HasThePlaceOfItsText(string id)
    {
        var text = (string)Rows[id]["text"]!;
        if (Rows[id]["kubectl"] is JsonValue)
        {
            return;
        }

        foreach (var scalar in YamlReader.Read(text).OfType<YamlNode>().SelectMany(FindScalars))
        {
            var source = text[scalar.Start..scalar.End];
            var lines = text[..scalar.Start].Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r');
            Assert.Equal((lines.Length, lines[^1].Length + 1), (scalar.Line, scalar.Column));
            switch (scalar.Style)
            {
                case YamlScalarStyle.Plain when !source.AsSpan().ContainsAny(Breaks) && !source.StartsWith('&') && !source.StartsWith('!'):
                    Assert.Equal(scalar.Value, source);
                    break;
                case YamlScalarStyle.SingleQuoted or YamlScalarStyle.DoubleQuoted:
                    Assert.Equal((source[0], source[^1]), scalar.Style == YamlScalarStyle.SingleQuoted ? ('\'', '\'') : ('"', '"'));
                    break;
                case YamlScalarStyle.Block:
                    Assert.Contains(source[0], "|>");
                    break;
            }
        }
    }

    private static JsonArray Read(string text) => new([.. YamlReader.Read(text).OfType<YamlNode>().Select(Convert)]);

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMapping mapping => YamlJson.Convert(mapping),
        YamlSequence sequence => new JsonArray([.. sequence.Items.Select(Convert)]),
        _ => YamlJson.Convert((YamlScalar)node),
    };

    private static IEnumerable<YamlScalar> FindScalars(YamlNode node) => node switch
    {
        YamlMapping mapping => mapping.Entries.SelectMany(entry => FindScalars(entry.Key).Concat(FindScalars(entry.Value))),
        YamlSequence sequence => sequence.Items.SelectMany(FindScalars),
        _ => [(YamlScalar)node],
    };

    // Keys in order, and numbers by their value.
    private static string Normalize(JsonNode? node) => node switch
    {
        JsonObject members => $"{{{string.Join(",", members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{JsonSerializer.Serialize(member.Key)}:{Normalize(member.Value)}"))}}}",
        JsonArray items => $"[{string.Join(",", items.Select(Normalize))}]",
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => (double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) + 0.0).ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        null => "null",
        _ => node.ToJsonString(),
    };
}
