using System.Globalization;
using System.Text;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>
/// Writes a string in double quotes. JSON's way to escape characters beyond 16 bits, as two surrogates, is none of YAML's: they stand as they are,
/// and what YAML does not allow in a file is escaped.
/// </summary>
internal static class YamlQuotes
{
    public static string Write(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var rune in value.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\n' => text.Append(@"\n"),
                '\t' => text.Append(@"\t"),
                '\r' => text.Append(@"\r"),
                _ when IsPrintable(rune) => text.Append(rune.ToString()),
                var code => text.Append(CultureInfo.InvariantCulture, $"\\u{code:X4}"),
            };
        }

        return text.Append('"').ToString();
    }

    /// <summary>Whether it may stand in a file as it is, and YAML 1.1 takes it for no line break.</summary>
    public static bool IsPrintable(Rune rune) => rune.Value switch
    {
        '\uFEFF' or '\uFFFE' or '\uFFFF' or '\u2028' or '\u2029' => false,
        _ => !Rune.IsControl(rune),
    };
}
