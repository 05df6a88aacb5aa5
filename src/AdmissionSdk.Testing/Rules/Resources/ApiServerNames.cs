using System.Text.RegularExpressions;

namespace AdmissionSdk.Testing.Rules.Resources;

/// <summary>The name syntaxes of the API server.</summary>
internal static partial class ApiServerNames
{
    public static bool IsSubdomain(string? text) => text is { Length: > 0 and <= 253 } && Subdomain().IsMatch(text);

    public static bool IsDns1035Label(string? text) => text is { Length: > 0 and <= 63 } && Dns1035().IsMatch(text);

    /// <summary>Accepts a label value: empty, or up to 63 characters, alphanumeric at both ends.</summary>
    public static bool IsLabelValue(string text) => text.Length == 0 || (text.Length <= 63 && QualifiedPart().IsMatch(text));

    /// <summary>Accepts a name of up to 63 characters, optionally behind a DNS prefix and a slash.</summary>
    public static bool IsQualifiedName(string? text)
    {
        var parts = (text ?? "").Split('/');
        return parts.Length <= 2
            && parts[^1] is { Length: > 0 and <= 63 } name && QualifiedPart().IsMatch(name)
            && (parts.Length == 1 || IsSubdomain(parts[0]));
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Dns1035();

    [GeneratedRegex(@"^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex QualifiedPart();
}
