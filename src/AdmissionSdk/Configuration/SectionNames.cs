namespace AdmissionSdk.Configuration;

/// <summary>The sections of the configuration that the SDK reads.</summary>
internal static class SectionNames
{
    public const string Root = "AdmissionWebhooks";

    /// <summary>A section for each webhook, by its name.</summary>
    public const string Webhooks = $"{Root}:Webhooks";

    public const string Tls = $"{Root}:Tls";

    public const string Connections = $"{Root}:Connections";

    public const string Manifests = $"{Root}:Manifests";

    /// <summary>The sections inside <see cref="Root"/>, by their keys there.</summary>
    public static IEnumerable<string> InRoot { get; } = [.. new[] { Webhooks, Tls, Connections, Manifests }.Select(path => path[(Root.Length + 1)..])];
}
