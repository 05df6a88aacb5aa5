using System.Text.RegularExpressions;
using AdmissionSdk.Manifests;

namespace AdmissionSdk.Linting;

/// <summary>Finds names in a CEL expression, outside strings and comments, without parsing the expression.</summary>
internal static partial class CelNames
{
    /// <summary>The names that do not follow a dot.</summary>
    public static IEnumerable<string> Roots(string expression) =>
        CelShape.TryBlank(expression, out var code) ? Root().Matches(code).Select(match => match.Value) : [];

    /// <summary>Counts the calls of a method.</summary>
    public static int Calls(string expression, string method) =>
        CelShape.TryBlank(expression, out var code) ? Call().Matches(code).Count(match => match.Groups["name"].Value == method) : 0;

    [GeneratedRegex(@"(?<![\w.])[A-Za-z_]\w*")]
    private static partial Regex Root();

    [GeneratedRegex(@"\.(?<name>\w+)\s*\(")]
    private static partial Regex Call();
}
