using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AdmissionSdk.Cel.Values;

/// <summary>JSON strings with halves of surrogate pairs, which System.Text.Json does not read.</summary>
internal static class LoneSurrogates
{
    /// <summary>The text of a JSON string with U+FFFD in place of each half.</summary>
    public static string Replace(string quoted)
    {
        var safe = new StringBuilder(quoted.Length);
        for (var i = 0; i < quoted.Length;)
        {
            if (quoted[i] != '\\')
            {
                safe.Append(quoted[i++]);
                continue;
            }

            var unit = UnitAt(quoted, i);
            if (unit is { } high && char.IsHighSurrogate(high) && UnitAt(quoted, i + 6) is { } low && char.IsLowSurrogate(low))
            {
                safe.Append(quoted, i, 12);
                i += 12;
            }
            else if (unit is { } half && char.IsSurrogate(half))
            {
                safe.Append('\uFFFD');
                i += 6;
            }
            else
            {
                safe.Append(quoted, i, 2);
                i += 2;
            }
        }

        using var document = JsonDocument.Parse(safe.ToString());
        return document.RootElement.GetString()!;
    }

    private static char? UnitAt(string text, int index) =>
        index + 6 <= text.Length && text[index] == '\\' && text[index + 1] == 'u'
        && ushort.TryParse(text.AsSpan(index + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
