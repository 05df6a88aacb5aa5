using System.Globalization;
using System.Text.RegularExpressions;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Reads "v1.36.0-rc.1+build" as 1.36.0: what comes after the numbers says nothing about features.</summary>
internal static partial class ApiServerVersion
{
    public static Version? TryParse(string? text)
    {
        var match = Numbers().Match(text ?? "");
        return match.Success ? new Version(Number(match, 1), Number(match, 2), Number(match, 3)) : null;
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*v?(\d{1,6})\.(\d{1,6})\.(\d{1,6})")]
    private static partial Regex Numbers();
}
