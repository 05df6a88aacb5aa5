using System.Text.RegularExpressions;

namespace AdmissionSdk;

/// <summary>The API server's syntaxes of names.</summary>
internal static partial class KubernetesNames
{
    public static bool IsSubdomain(string? text) => text is { Length: > 0 and <= 253 } && Subdomain().IsMatch(text);

    /// <summary>A label as in Service names before 1.34: begins with a letter.</summary>
    public static bool IsDns1035Label(string? text) => text is { Length: > 0 and <= 63 } && Dns1035().IsMatch(text);

    /// <summary>A label as in the names of namespaces.</summary>
    public static bool IsDns1123Label(string? text) => text is { Length: > 0 and <= 63 } && !text.Contains('.', StringComparison.Ordinal) && IsSubdomain(text);

    public static bool IsLabelValue(string? text) => string.IsNullOrEmpty(text) || (text.Length <= 63 && Part().IsMatch(text));

    /// <summary>Up to 63 characters, optionally behind a DNS prefix and a slash.</summary>
    public static bool IsQualifiedName(string? text)
    {
        var parts = (text ?? "").Split('/');
        return parts.Length <= 2 && parts[^1].Length is > 0 and <= 63 && Part().IsMatch(parts[^1]) && (parts.Length == 1 || IsSubdomain(parts[0]));
    }

    /// <summary>A name that can be a part of a URL's path, which every kind asks for at the least.</summary>
    public static bool IsPathSegment(string? text) => text is { Length: > 0 and <= 253 } and not ("." or "..") && text.AsSpan().IndexOfAny('/', '%') < 0;

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Dns1035();

    [GeneratedRegex(@"^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z", RegexOptions.NonBacktracking)]
    private static partial Regex Part();
}
