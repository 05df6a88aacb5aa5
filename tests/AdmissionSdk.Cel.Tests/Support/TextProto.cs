using System.Globalization;
using System.Text;

namespace AdmissionSdk.Cel.Tests.Support;

/// <summary>A message in the text format of protocol buffers: fields with texts or messages, in their order.</summary>
public sealed class TextProto
{
    private readonly List<(string Name, object Value)> _fields = [];

    public IEnumerable<(string Name, object Value)> Fields => _fields;

    public static TextProto Parse(string text)
    {
        var index = 0;
        return Message(text, ref index, '\0');
    }

    public IEnumerable<TextProto> Messages(string name) => _fields.Where(field => field.Name == name).Select(field => field.Value).OfType<TextProto>();

    public TextProto? Message(string name) => Messages(name).FirstOrDefault();

    public string? Text(string name) => _fields.Where(field => field.Name == name).Select(field => field.Value).OfType<string>().FirstOrDefault();

    public bool Has(string name) => _fields.Exists(field => field.Name == name);

    private static TextProto Message(string text, ref int index, char close)
    {
        var message = new TextProto();
        while (true)
        {
            SkipBlanks(text, ref index);
            if (index >= text.Length || text[index] == close)
            {
                index++;
                return message;
            }

            if (text[index] is ',' or ';')
            {
                index++;
                continue;
            }

            var name = Word(text, ref index);
            SkipBlanks(text, ref index);
            if (text[index] == ':')
            {
                index++;
                SkipBlanks(text, ref index);
            }

            if (text[index] == '[')
            {
                index++;
                while (true)
                {
                    SkipBlanks(text, ref index);
                    if (text[index] is ']' or ',')
                    {
                        if (text[index++] == ']')
                        {
                            break;
                        }

                        continue;
                    }

                    message._fields.Add((name, Value(text, ref index)));
                }

                continue;
            }

            message._fields.Add((name, Value(text, ref index)));
        }
    }

    private static object Value(string text, ref int index)
    {
        if (text[index] is '{' or '<')
        {
            var close = text[index++] == '{' ? '}' : '>';
            return Message(text, ref index, close);
        }

        if (text[index] is not ('"' or '\''))
        {
            return Word(text, ref index);
        }

        // Adjacent texts are one; each byte is a char, decoded at the end.
        var bytes = new List<byte>();
        while (index < text.Length && text[index] is '"' or '\'')
        {
            Quoted(text, ref index, bytes);
            SkipBlanks(text, ref index);
        }

        return Encoding.Latin1.GetString([.. bytes]);
    }

    private static void Quoted(string text, ref int index, List<byte> bytes)
    {
        var quote = text[index++];
        while (text[index] != quote)
        {
            if (text[index] != '\\')
            {
                var length = char.IsHighSurrogate(text[index]) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(index, length)));
                index += length;
                continue;
            }

            var escape = text[++index];
            index++;
            switch (escape)
            {
                case 'x':
                    bytes.Add(byte.Parse(text.AsSpan(index, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    index += 2;
                    break;
                case 'u' or 'U':
                    var digits = escape == 'u' ? 4 : 8;
                    bytes.AddRange(Encoding.UTF8.GetBytes(char.ConvertFromUtf32(int.Parse(text.AsSpan(index, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))));
                    index += digits;
                    break;
                case >= '0' and <= '7':
                    var value = escape - '0';
                    for (var i = 0; i < 2 && text[index] is >= '0' and <= '7'; i++)
                    {
                        value = (value * 8) + (text[index++] - '0');
                    }

                    bytes.Add((byte)value);
                    break;
                default:
                    bytes.Add((byte)(escape switch { 'a' => '\a', 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', 'v' => '\v', _ => escape }));
                    break;
            }
        }

        index++;
    }

    private static string Word(string text, ref int index)
    {
        var start = index;
        if (text[index] == '[')
        {
            index = text.IndexOf(']', index) + 1;
            return text[start..index];
        }

        while (index < text.Length && (char.IsLetterOrDigit(text[index]) || text[index] is '_' or '.' or '-' or '+' or '/'))
        {
            index++;
        }

        return index > start ? text[start..index] : throw new FormatException($"No word at {index}: {text.Substring(index, Math.Min(40, text.Length - index))}");
    }

    private static void SkipBlanks(string text, ref int index)
    {
        for (; index < text.Length; index++)
        {
            if (text[index] == '#')
            {
                var end = text.IndexOf('\n', index);
                index = end < 0 ? text.Length - 1 : end;
            }
            else if (!char.IsWhiteSpace(text[index]))
            {
                return;
            }
        }
    }
}
