using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>
/// Reads JSON as JSON, as kubectl does: YAML folds line breaks that JSON keeps, and refuses half a surrogate pair, which Go reads as U+FFFD. Equal
/// keys, of which Go takes the last, are refused.
/// </summary>
internal sealed class JsonNodeReader
{
    private readonly byte[] _bytes;
    private readonly string _text;
    private int _byte;
    private int _index;
    private int _line = 1;
    private int _lineStart;

    private JsonNodeReader(string text)
    {
        _text = text;
        _bytes = Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Reads the documents of a text; null if the text is not JSON, and perhaps YAML.</summary>
    /// <exception cref="YamlReadException">The text is JSON, but the object that Kubernetes would read is not certain.</exception>
    public static List<YamlNode?>? TryRead(string text)
    {
        var start = text.AsSpan().TrimStart();
        if (start.Length == 0 || start[0] is not ('{' or '['))
        {
            return null;
        }

        try
        {
            return new JsonNodeReader(text).ReadAll();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private List<YamlNode?> ReadAll()
    {
        List<YamlNode?> roots = [];
        var reader = new Utf8JsonReader(_bytes, new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = 1000 });
        while (reader.Read())
        {
            var node = ReadNode(ref reader);
            roots.Add(node is YamlScalar { Kind: YamlScalarKind.Null } ? null : node);
        }

        return roots;
    }

    // Leaves the reader on the node's last token.
    private YamlNode ReadNode(ref Utf8JsonReader reader)
    {
        var (start, line, column) = FindPlace((int)reader.TokenStartIndex);
        if (reader.CurrentDepth > YamlReader.Deepest)
        {
            throw new YamlReadException($"nested deeper than {YamlReader.Deepest} levels", line, column);
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                List<YamlNode> items = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadNode(ref reader));
                }

                return new YamlSequence(items, line, column) { Span = new(start, FindPlace((int)reader.BytesConsumed).Index, IsFlow: true) };
            case JsonTokenType.StartObject:
                var entries = ReadEntries(ref reader);
                return new YamlMapping(entries, line, column) { Span = new(start, FindPlace((int)reader.BytesConsumed).Index, IsFlow: true) };
            default:
                return ReadScalar(ref reader);
        }
    }

    private List<YamlEntry> ReadEntries(ref Utf8JsonReader reader)
    {
        List<YamlEntry> entries = [];
        HashSet<string> keys = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = ReadScalar(ref reader);
            if (!keys.Add(key.Value))
            {
                throw new YamlReadException($"the key \"{key.Value}\" is there twice", key.Line, key.Column);
            }

            reader.Read();
            entries.Add(new YamlEntry(key, ReadNode(ref reader)));
        }

        return entries;
    }

    private YamlScalar ReadScalar(ref Utf8JsonReader reader)
    {
        var (start, line, column) = FindPlace((int)reader.TokenStartIndex);
        var isText = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
        var escaped = reader.ValueIsEscaped;
        var raw = Encoding.UTF8.GetString(reader.ValueSpan);
        // The reader's token of a property ends after the colon, so the end comes from the length.
        var end = start + raw.Length + (isText ? 2 : 0);
        return new YamlScalar(isText && escaped ? Unescape(raw) : raw, isText ? YamlScalarStyle.DoubleQuoted : YamlScalarStyle.Plain, start, end, "", line, column);
    }

    private static string Unescape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '\\')
            {
                text.Append(raw[at]);
                continue;
            }

            at++;
            switch (raw[at])
            {
                case 'u':
                    var unit = Unit(raw, at + 1);
                    at += 4;
                    if (char.IsHighSurrogate(unit) && at + 6 < raw.Length && raw[at + 1] == '\\' && raw[at + 2] == 'u' && char.IsLowSurrogate(Unit(raw, at + 3)))
                    {
                        text.Append(unit).Append(Unit(raw, at + 3));
                        at += 6;
                    }
                    else
                    {
                        text.Append(char.IsSurrogate(unit) ? '\ufffd' : unit);
                    }

                    break;
                default:
                    text.Append(raw[at] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', var same => same });
                    break;
            }
        }

        return text.ToString();
    }

    private static char Unit(string raw, int at) => (char)int.Parse(raw.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    // Tokens come in order, so that each character is counted once.
    private (int Index, int Line, int Column) FindPlace(int position)
    {
        var length = Encoding.UTF8.GetCharCount(_bytes, _byte, position - _byte);
        var passed = _text.AsSpan(_index, length);
        for (var at = passed.IndexOf('\n'); at >= 0; at = passed.IndexOf('\n'))
        {
            _line++;
            _index += at + 1;
            _lineStart = _index;
            passed = passed[(at + 1)..];
        }

        _index += passed.Length;
        _byte = position;
        return (_index, _line, _index - _lineStart + 1);
    }
}
