using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Rules.Json;

/// <summary>
/// Reads JSON as Go's decoder does where .NET's refuses: the last of repeated members counts (objects are read into one another), and
/// text that is not Unicode, such as half a surrogate pair, becomes U+FFFD.
/// </summary>
internal static class GoJsonReader
{
    private const int MaxDepth = 10_000;

    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        var node = Read(ref reader);
        // The reader throws unless only blanks follow.
        reader.Read();
        return node;
    }

    /// <summary>Names a kind of value as Go's messages do.</summary>
    public static string KindName(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.Array => "array",
        _ => "bool",
    };

    /// <summary>The text between the quotes of a JSON string.</summary>
    public static string Text(ReadOnlySpan<byte> raw)
    {
        // Bytes that are not UTF-8 are replaced here, escapes of half a pair below.
        var text = Encoding.UTF8.GetString(raw);
        return text.Contains('\\', StringComparison.Ordinal) ? Unescape(text) : text;
    }

    private static JsonNode? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new JsonObject();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = Text(reader.ValueSpan);
                    reader.Read();
                    Add(members, name, Read(ref reader));
                }

                return members;
            case JsonTokenType.StartArray:
                var items = new JsonArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader));
                }

                return items;
            case JsonTokenType.String:
                return JsonValue.Create(Text(reader.ValueSpan));
            case JsonTokenType.Null:
                return null;
            default:
                return JsonNode.Parse(reader.ValueSpan);
        }
    }

    private static void Add(JsonObject members, string name, JsonNode? value)
    {
        if (value is JsonObject again && members[name] is JsonObject first)
        {
            foreach (var (inner, item) in again)
            {
                Add(first, inner, item?.DeepClone());
            }

            return;
        }

        members[name] = value;
    }

    private static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            result.Append(text[i] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => Unit(text, ref i),
                var other => other,
            });
        }

        return Replace(result);
    }

    private static char Unit(string text, ref int i)
    {
        var unit = (char)int.Parse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        i += 4;
        return unit;
    }

    private static string Replace(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                text[i] = '\uFFFD';
            }
        }

        return text.ToString();
    }
}
