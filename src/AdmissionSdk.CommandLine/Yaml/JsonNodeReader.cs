using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>
/// Reads JSON as JSON, as kubectl does: YAML folds line breaks that JSON keeps, and refuses half a surrogate pair, which Go reads as U+FFFD. Equal
/// keys, of which Go takes the last, are refused. A file is JSON as long as its values are; one value may be followed by YAML.
/// </summary>
internal sealed class JsonNodeReader
{
    private const int LongestPooled = 64;

    private readonly TextPool _pool = new();
    private readonly byte[] _bytes;
    private readonly string _text;
    private int _byte;
    private int _index;
    private int _line = 1;
    private int _lineStart;
    private int _base;
    private int _nodes;

    public JsonNodeReader(string text)
    {
        _text = text;
        _bytes = IsJson(text) ? Encoding.UTF8.GetBytes(text) : [];
    }

    /// <summary>The number of values that were read.</summary>
    public int Count { get; private set; }

    /// <summary>Reads the next value; false at the end, and before a text that is not JSON.</summary>
    /// <exception cref="YamlReadException">The text is JSON, but the object that Kubernetes would read is not certain.</exception>
    public bool TryRead(out YamlNode? root)
    {
        root = null;
        if (_bytes.Length == 0)
        {
            return false;
        }

        var place = (_byte, _index, _line, _lineStart);
        try
        {
            var reader = new Utf8JsonReader(_bytes.AsSpan(_byte), new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = 1000 });
            _base = _byte;
            if (!reader.Read())
            {
                return false;
            }

            _nodes = 0;
            var node = ReadNode(ref reader);
            FindPlace((int)reader.BytesConsumed);
            root = node is YamlScalar { Kind: YamlScalarKind.Null } ? null : node;
            Count++;
            return true;
        }
        catch (JsonException)
        {
            (_byte, _index, _line, _lineStart) = place;
            return false;
        }
    }

    /// <summary>Finds the text behind the values; null at the end of the text.</summary>
    /// <exception cref="YamlReadException">The text behind several values is not JSON.</exception>
    public TextPart? FindRest()
    {
        var rest = _text.AsSpan(_index);
        var text = rest.TrimStart();
        if (text.IsEmpty && Count > 0)
        {
            return null;
        }

        if (Count > 1)
        {
            var at = _index + rest.Length - text.Length;
            throw new YamlReadException(
                "JSON objects are followed by text that is not JSON", _line + rest[..^text.Length].Count('\n'), at - _text.LastIndexOf('\n', Math.Max(at - 1, 0)));
        }

        var end = Count == 0 ? -1 : rest[..^text.Length].IndexOf('\n');
        return new TextPart(end < 0 ? _index : _index + end + 1, _text.Length, end < 0 ? _line - 1 : _line);
    }

    private static bool IsJson(string text) => text.AsSpan().TrimStart() is ['{', ..];

    // Leaves the reader on the node's last token.
    private YamlNode ReadNode(ref Utf8JsonReader reader)
    {
        var (start, line, column) = FindPlace((int)reader.TokenStartIndex);
        if (++_nodes > YamlParser.MostNodes)
        {
            throw new YamlReadException($"more than {YamlParser.MostNodes} values in one document; split the document", line, column);
        }

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
        if (reader.TokenType == JsonTokenType.Number && !double.IsFinite(reader.GetDouble()))
        {
            throw new YamlReadException("a number is too large", line, column);
        }

        var escaped = reader.ValueIsEscaped;
        var raw = GetText(reader.ValueSpan);
        // The reader's token of a property ends after the colon, so the end comes from the length.
        var end = start + raw.Length + (isText ? 2 : 0);
        return new YamlScalar(isText && escaped ? Unescape(raw) : raw, isText ? YamlScalarStyle.DoubleQuoted : YamlScalarStyle.Plain, start, end, "", line, column);
    }

    private string GetText(ReadOnlySpan<byte> value)
    {
        Span<char> characters = stackalloc char[value.Length <= LongestPooled ? value.Length : 0];
        return value.Length > LongestPooled ? Encoding.UTF8.GetString(value) : _pool.Get(characters[..Encoding.UTF8.GetChars(value, characters)]);
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
    private (int Index, int Line, int Column) FindPlace(int offset)
    {
        var position = _base + offset;
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
