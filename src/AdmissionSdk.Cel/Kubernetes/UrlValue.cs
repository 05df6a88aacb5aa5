using System.Net;
using System.Text;
using AdmissionSdk.Cel.Library;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Kubernetes;

/// <summary>An absolute URL, or an absolute path, by the rules of Go.</summary>
internal sealed class UrlValue : KubernetesValue
{
    public const string Name = "kubernetes.URL";

    private static readonly CelType UrlType = CelType.StructOf(Name);

    private readonly string _text;
    private readonly string _query;

    private UrlValue(string text, string scheme, string host, string path, string query)
        : base(UrlType) => (_text, Scheme, Host, EscapedPath, _query) = (text, scheme, host, path, query);

    public string Scheme { get; }

    /// <summary>The host with its port.</summary>
    public string Host { get; }

    public string EscapedPath { get; }

    public string HostName => PortColon is { } colon ? Unbracketed(Host[..colon]) : Unbracketed(Host);

    public string Port => PortColon is { } colon ? Host[(colon + 1)..] : "";

    public MapValue Query
    {
        get
        {
            var values = new Dictionary<string, List<CelValue>>(StringComparer.Ordinal);
            foreach (var pair in _query.Split('&').Where(pair => pair.Length > 0 && !pair.Contains(';', StringComparison.Ordinal)))
            {
                var parts = pair.Split('=', 2);
                if (Unescape(parts[0]) is { } key && Unescape(parts.Length > 1 ? parts[1] : "") is { } value)
                {
                    if (!values.TryGetValue(key, out var list))
                    {
                        values[key] = list = [];
                    }

                    list.Add(new StringValue(value));
                }
            }

            var entries = DictionaryMapValue.NewEntries();
            foreach (var (key, list) in values)
            {
                entries[new StringValue(key)] = new ArrayListValue(list);
            }

            return new DictionaryMapValue(entries);
        }
    }

    private int? PortColon => Host.LastIndexOf(':') is >= 0 and var colon && colon > Host.LastIndexOf(']') ? colon : null;

    /// <summary>The URL of a text, or the error that Kubernetes has for it.</summary>
    public static CelValue Parse(string text)
    {
        var (parsed, problem) = Read(text);
        return parsed ?? (CelValue)new ErrorValue($"URL parse error during conversion from string: parse {StringLibrary.Quote(text)}: {problem}");
    }

    /// <summary>The URL of a text, or what Go says about it.</summary>
    public static (UrlValue? Url, string? Problem) Read(string text)
    {
        if (text.Any(unit => unit < ' ' || unit == '\u007F'))
        {
            return (null, "net/url: invalid control character in URL");
        }

        if (text.Length == 0)
        {
            return (null, "empty url");
        }

        // A request URI has no fragment; the URL itself has, which belongs to no part that a function shows.
        var scheme = SchemeOf(text);
        if (scheme is null)
        {
            return (null, text[0] == ':' ? "missing protocol scheme" : "first path segment in URL cannot contain colon");
        }

        var rest = scheme.Length > 0 ? text[(scheme.Length + 1)..] : text;
        if (!rest.StartsWith('/'))
        {
            return scheme.Length > 0 ? (new UrlValue(text, scheme.ToLowerInvariant(), "", "", ""), null) : (null, "invalid URI for request");
        }

        var fragment = rest.IndexOf('#', StringComparison.Ordinal);
        rest = fragment < 0 ? rest : rest[..fragment];
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = question < 0 ? (rest, "") : (rest[..question], rest[(question + 1)..]);
        var host = "";
        if (path.StartsWith("//", StringComparison.Ordinal) && (scheme.Length > 0 || !path.StartsWith("///", StringComparison.Ordinal)))
        {
            var end = path.IndexOf('/', 2);
            host = end < 0 ? path[2..] : path[2..end];
            path = end < 0 ? "" : path[end..];
            host = host[(host.LastIndexOf('@') + 1)..];
        }

        return ProblemWith(host, path) is { } problem ? (null, problem) : (new UrlValue(text, scheme.ToLowerInvariant(), host, path, query), null);
    }

    internal override bool EqualTo(CelValue other) => other is UrlValue url && url._text == _text;

    public override string ToString() => _text;

    private static string Unbracketed(string host) => host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;

    /// <summary>The scheme, empty if there is none, null if a colon is where none may be.</summary>
    private static string? SchemeOf(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            if (char.IsAsciiLetter(unit) || (i > 0 && (char.IsAsciiDigit(unit) || unit is '+' or '-' or '.')))
            {
                continue;
            }

            return unit == ':' ? (i == 0 ? null : text[..i]) : "";
        }

        return "";
    }

    private static string? ProblemWith(string host, string path)
    {
        if (BadEscape(path) is { } escape)
        {
            return $"invalid URL escape {StringLibrary.Quote(escape)}";
        }

        if (host.Contains(' ', StringComparison.Ordinal))
        {
            return "invalid character \" \" in host name";
        }

        if (host.StartsWith('[') && !host.Contains(']', StringComparison.Ordinal))
        {
            return "missing ']' in host";
        }

        var after = host.StartsWith('[') ? host[(host.IndexOf(']', StringComparison.Ordinal) + 1)..] : host.Contains(':', StringComparison.Ordinal) ? host[host.LastIndexOf(':')..] : "";
        return after.Length > 0 && (after[0] != ':' || !after[1..].All(char.IsAsciiDigit)) ? $"invalid port {StringLibrary.Quote(after)} after host" : null;
    }

    private static string? BadEscape(string text)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                return text[i..Math.Min(text.Length, i + 3)];
            }
        }

        return null;
    }

    private static string? Unescape(string text) => BadEscape(text) is null ? Encoding.UTF8.GetString(WebUtility.UrlDecodeToBytes(Encoding.UTF8.GetBytes(text), 0, Encoding.UTF8.GetByteCount(text))!) : null;
}
