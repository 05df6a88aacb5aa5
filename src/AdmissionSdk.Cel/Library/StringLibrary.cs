using System.Text;
using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Library;

/// <summary>The strings extension. Kubernetes has version 0 up to 1.28 and version 2 from 1.29 on.</summary>
internal static class StringLibrary
{
    // Replacing and joining make texts that no limit on costs bounds.
    private const long LongestText = 64 * 1024 * 1024;

    public static FunctionLibrary Create(int version)
    {
        var library = new FunctionLibrary()
            .Add("string_char_at_int", "(string).charAt(int): string", static a => CharAt(Text(a[0]), Number(a[1])))
            .Add("string_index_of_string", "(string).indexOf(string): int", static a => IndexOf(Text(a[0]), Text(a[1]), 0))
            .Add("string_index_of_string_int", "(string).indexOf(string, int): int", static a => IndexOf(Text(a[0]), Text(a[1]), Number(a[2])))
            .Add("string_last_index_of_string", "(string).lastIndexOf(string): int", static a => LastIndexOf(Text(a[0]), Text(a[1]), null))
            .Add("string_last_index_of_string_int", "(string).lastIndexOf(string, int): int", static a => LastIndexOf(Text(a[0]), Text(a[1]), Number(a[2])))
            .Add("string_lower_ascii", "(string).lowerAscii(): string", static a => Map(Text(a[0]), static unit => char.IsAsciiLetterUpper(unit) ? (char)(unit + 32) : unit))
            .Add("string_replace_string_string", "(string).replace(string, string): string", static a => Replace(Text(a[0]), Text(a[1]), Text(a[2]), -1))
            .Add("string_replace_string_string_int", "(string).replace(string, string, int): string", static a => Replace(Text(a[0]), Text(a[1]), Text(a[2]), Number(a[3])))
            .Add("string_split_string", "(string).split(string): list<string>", static a => Split(Text(a[0]), Text(a[1]), -1))
            .Add("string_split_string_int", "(string).split(string, int): list<string>", static a => Split(Text(a[0]), Text(a[1]), Number(a[2])))
            .Add("string_substring_int", "(string).substring(int): string", static a => Substring(Text(a[0]), Number(a[1]), null))
            .Add("string_substring_int_int", "(string).substring(int, int): string", static a => Substring(Text(a[0]), Number(a[1]), Number(a[2])))
            .Add("string_trim", "(string).trim(): string", static a => new StringValue(Text(a[0]).Trim()))
            .Add("string_upper_ascii", "(string).upperAscii(): string", static a => Map(Text(a[0]), static unit => char.IsAsciiLetterLower(unit) ? (char)(unit - 32) : unit))
            .Add("list_join", "(list<string>).join(): string", static a => Join((ListValue)a[0], ""))
            .Add("list_join_string", "(list<string>).join(string): string", static a => Join((ListValue)a[0], Text(a[1])));
        if (version >= 1)
        {
            library
                .Add("string_format", "(string).format(list<dyn>): string", a => StringFormat.Format(Text(a[0]), (ListValue)a[1], localized: version < 4))
                .Add("strings_quote", "strings.quote(string): string", static a => new StringValue(Quote(Text(a[0]))));
        }

        return version < 3 ? library : library.Add("string_reverse", "(string).reverse(): string", static a => new StringValue(string.Concat(CodePoints.Split(Text(a[0])).Reverse())));
    }

    /// <summary>A text in quotes, with escapes.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var unit in text)
        {
            quoted.Append(unit switch
            {
                '\a' => @"\a",
                '\b' => @"\b",
                '\f' => @"\f",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                '\v' => @"\v",
                '\\' => @"\\",
                '"' => "\\\"",
                _ => unit.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private static string Text(CelValue value) => ((StringValue)value).Value;

    private static long Number(CelValue value) => ((IntValue)value).Value;

    private static ErrorValue OutOfRange(long index) => new($"index out of range: {index}");

    private static StringValue Map(string text, Func<char, char> change) => new(string.Create(text.Length, (text, change), static (span, state) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = state.change(state.text[i]);
        }
    }));

    private static CelValue CharAt(string text, long index)
    {
        var at = CodePoints.IndexOf(text, index);
        return at < 0 ? OutOfRange(index) : at == text.Length ? StringValue.Empty : new StringValue(CodePoints.Substring(text, index, index + 1));
    }

    private static CelValue Substring(string text, long start, long? end)
    {
        if (end < start)
        {
            return new ErrorValue($"invalid substring range. start: {start}, end: {end}");
        }

        var from = CodePoints.IndexOf(text, start);
        var to = end is { } last ? CodePoints.IndexOf(text, last) : text.Length;
        return from < 0 ? OutOfRange(start) : to < 0 ? OutOfRange(end!.Value) : new StringValue(text[from..to]);
    }

    private static CelValue IndexOf(string text, string sought, long offset)
    {
        if (offset < 0)
        {
            return OutOfRange(offset);
        }

        var size = CodePoints.Count(text);
        if (sought.Length == 0)
        {
            return IntValue.Of(Math.Min(offset, size));
        }

        var from = CodePoints.IndexOf(text, offset);
        var found = from < 0 ? -1 : text.IndexOf(sought, from, StringComparison.Ordinal);
        return IntValue.Of(found < 0 ? -1 : CodePoints.Count(text[..found]));
    }

    private static CelValue LastIndexOf(string text, string sought, long? offset)
    {
        if (offset < 0)
        {
            return OutOfRange(offset.Value);
        }

        var size = CodePoints.Count(text);
        if (sought.Length == 0)
        {
            return IntValue.Of(Math.Min(offset ?? size, size));
        }

        if (offset >= size)
        {
            return IntValue.Of(-1);
        }

        // The last place where the sought text may begin.
        var last = Math.Min(offset is { } most ? CodePoints.IndexOf(text, most) : text.Length, text.Length - sought.Length);
        var found = last < 0 ? -1 : text[..(last + sought.Length)].LastIndexOf(sought, StringComparison.Ordinal);
        return IntValue.Of(found < 0 ? -1 : CodePoints.Count(text[..found]));
    }

    private static CelValue Replace(string text, string old, string replacement, long count)
    {
        if (count == 0 || old == replacement)
        {
            return new StringValue(text);
        }

        var result = new StringBuilder();
        var (from, left) = (0, count);
        while (left != 0)
        {
            // An empty text is found before each code point and at the end.
            var at = old.Length > 0 ? text.IndexOf(old, from, StringComparison.Ordinal) : result.Length == 0 && from == 0 && left == count ? 0 : CodePoints.IndexOf(text[from..], 1) is >= 0 and var step ? from + step : -1;
            if (at < 0)
            {
                break;
            }

            result.Append(text, from, at - from).Append(replacement);
            (from, left) = (at + old.Length, left - 1);
            if (result.Length > LongestText)
            {
                return new ErrorValue($"replace: the result is longer than {LongestText} characters");
            }
        }

        return new StringValue(result.Append(text, from, text.Length - from).ToString());
    }

    private static ArrayListValue Split(string text, string separator, long count)
    {
        if (count == 0)
        {
            return ArrayListValue.Empty;
        }

        var most = count < 0 || count > int.MaxValue ? int.MaxValue : (int)count;
        IEnumerable<string> parts = separator.Length > 0 ? text.Split(separator, most) : Characters(text, most);
        return new ArrayListValue([.. parts.Select(part => new StringValue(part))]);
    }

    private static List<string> Characters(string text, int most)
    {
        List<string> all = [.. CodePoints.Split(text)];
        return all.Count <= most ? all : [.. all[..(most - 1)], string.Concat(all[(most - 1)..])];
    }

    private static CelValue Join(ListValue list, string separator)
    {
        var result = new StringBuilder();
        foreach (var element in Effort.On(list.Elements))
        {
            if (element is not StringValue text)
            {
                return new ErrorValue($"join: invalid input: {element}");
            }

            if (result.Length + text.Value.Length + separator.Length > LongestText)
            {
                return new ErrorValue($"join: the result is longer than {LongestText} characters");
            }

            result.Append(text.Value).Append(separator);
        }

        result.Length -= result.Length > 0 || list.Count > 0 ? separator.Length : 0;
        return new StringValue(result.ToString());
    }
}
