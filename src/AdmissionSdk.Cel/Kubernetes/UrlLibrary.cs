using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Kubernetes;

/// <summary>Absolute URLs and their parts.</summary>
internal static class UrlLibrary
{
    private const string Url = UrlValue.Name;

    public static FunctionLibrary Create() => new FunctionLibrary()
        .Add(CelType.StructOf(Url))
        .Add("string_to_url", $"url(string): {Url}", static a => UrlValue.Parse(((StringValue)a[0]).Value))
        .Add("url_get_scheme", $"({Url}).getScheme(): string", static a => new StringValue(Of(a[0]).Scheme))
        .Add("url_get_host", $"({Url}).getHost(): string", static a => new StringValue(Of(a[0]).Host))
        .Add("url_get_hostname", $"({Url}).getHostname(): string", static a => new StringValue(Of(a[0]).HostName))
        .Add("url_get_port", $"({Url}).getPort(): string", static a => new StringValue(Of(a[0]).Port))
        .Add("url_get_escaped_path", $"({Url}).getEscapedPath(): string", static a => new StringValue(Of(a[0]).EscapedPath))
        .Add("url_get_query", $"({Url}).getQuery(): map<string, list<string>>", static a => Of(a[0]).Query)
        .Add("is_url_string", "isURL(string): bool", static a => BoolValue.Of(UrlValue.Parse(((StringValue)a[0]).Value) is UrlValue));

    private static UrlValue Of(CelValue value) => (UrlValue)value;
}
