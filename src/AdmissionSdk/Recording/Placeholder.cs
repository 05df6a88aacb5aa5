using System.Text.RegularExpressions;

namespace AdmissionSdk.Recording;

/// <summary>
/// Makes text of the same length without the content. Dates stay dates and quantities quantities, so that a redacted object can still be read as its
/// type; repeated <c>x</c> is base64 if the text was base64.
/// </summary>
internal static partial class Placeholder
{
    private const string Date = "2000-01-01T00:00:00";

    public static string For(string text) =>
        DatePattern().IsMatch(text) ? Date + Digits(text[Date.Length..], '0')
        : QuantityPattern().IsMatch(text) ? Digits(text, '1')
        : new string('x', text.Length);

    private static string Digits(string text, char digit) =>
        string.Create(text.Length, (text, digit), static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiDigit(state.text[i]) ? state.digit : state.text[i];
            }
        });

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})\z", RegexOptions.NonBacktracking)]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"^[-+]?[0-9]+(\.[0-9]+)?([numkMGTPE]|[KMGTPE]i)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex QuantityPattern();
}
