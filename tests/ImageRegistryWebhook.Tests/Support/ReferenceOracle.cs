using System.Text.RegularExpressions;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>The grammar of references as regular expressions over ASCII, to compare with the parser.</summary>
internal static class ReferenceOracle
{
    private const string Component = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private const string Label = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private const string Host = $@"(?:{Label}(?:\.{Label})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?";

    private static readonly Regex Reference = new(
        $@"\A(?<domain>{Host})/(?<path>{Component}(?:/{Component})*)(?::(?<tag>[0-9A-Za-z_][0-9A-Za-z_.-]{{0,127}}))?(?:@(?<digest>(?<algorithm>[a-zA-Z0-9._+-]+):(?<hex>[0-9a-f]+)))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    /// <summary>The normalized reference; null if the text is not a reference or has no registry.</summary>
    public static string? Normalize(string text)
    {
        if (Regex.IsMatch(text, @"\A[a-f0-9]{64}\z"))
        {
            return null;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : text[..slash];
        var named = first.AsSpan().ContainsAny('.', ':') || first == "localhost" || first.Any(char.IsAsciiLetterUpper);
        var domain = !named || first == "index.docker.io" ? "docker.io" : first;
        var path = named ? text[(slash + 1)..] : text;
        if (domain == "docker.io" && !path.Contains('/', StringComparison.Ordinal))
        {
            path = "library/" + path;
        }

        var match = Reference.Match(domain + "/" + path);
        return match.Success && match.Groups["path"].Length <= 255 && IsDigest(match) ? match.Value : null;
    }

    private static bool IsDigest(Match match) => !match.Groups["digest"].Success
        || (match.Groups["algorithm"].Value, match.Groups["hex"].Length) is ("sha256", 64) or ("sha384", 96) or ("sha512", 128);
}
