using System.Globalization;
using System.Text;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>
/// Writes a string in double quotes. YAML lacks JSON's escape of a character beyond 16 bits as two surrogates, so such a character stays as it is.
/// Characters that YAML does not allow in a file are escaped.
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

    /// <summary>True for a character that YAML allows in a file and that YAML 1.1 does not take for a line break.</summary>
    public static bool IsPrintable(Rune rune) => rune.Value switch
    {
        '\uFEFF' or '\uFFFE' or '\uFFFF' or '\u2028' or '\u2029' => false,
        _ => !Rune.IsControl(rune),
    };
}
