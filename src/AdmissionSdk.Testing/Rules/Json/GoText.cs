using System.Globalization;
using System.Text;

namespace AdmissionSdk.Testing.Rules.Json;

/// <summary>Text as Go's <c>%q</c> shows it.</summary>
internal static class GoText
{
    public static string Quote(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            Append(result, rune);
        }

        return result.Append('"').ToString();
    }

    private static void Append(StringBuilder result, Rune rune)
    {
        switch (rune.Value)
        {
            case '"' or '\\': result.Append('\\').Append((char)rune.Value); break;
            case '\a': result.Append("\\a"); break;
            case '\b': result.Append("\\b"); break;
            case '\f': result.Append("\\f"); break;
            case '\n': result.Append("\\n"); break;
            case '\r': result.Append("\\r"); break;
            case '\t': result.Append("\\t"); break;
            case '\v': result.Append("\\v"); break;
            default: AppendOther(result, rune); break;
        }
    }

    private static void AppendOther(StringBuilder result, Rune rune)
    {
        if (IsPrintable(rune))
        {
            result.Append(rune.ToString());
            return;
        }

        var format = rune.Value < 0x80 ? "\\x{0:x2}" : rune.IsBmp ? "\\u{0:x4}" : "\\U{0:x8}";
        result.AppendFormat(CultureInfo.InvariantCulture, format, rune.Value);
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
