using System.Diagnostics.CodeAnalysis;
using System.Text;
using AdmissionSdk.Configuration;
using Microsoft.Extensions.Configuration;

namespace AdmissionSdk.Manifests;

/// <content>The configuration section <c>AdmissionWebhooks:Manifests</c>.</content>
public sealed partial class ManifestOptions
{
    /// <summary>The key of the serving certificate's origin, which the command line reads.</summary>
    internal const string CertificatesKey = "Certificates";

    private const int LongestLabel = 63;

    /// <summary>
    /// Reads the configuration section <c>AdmissionWebhooks:Manifests</c>: <c>App</c>, <c>Namespace</c>, <c>ServiceName</c>, <c>ServicePort</c>,
    /// <c>Url</c>, <c>InjectCaFrom</c>, <c>CaBundlePath</c> (a PEM file), <c>KubeVersion</c> and <c>GuardPolicies</c>, each with the default of its property.
    /// </summary>
    /// <param name="configuration">The application's configuration.</param>
    /// <param name="applicationName">The application's name, from which <see cref="App"/> is made if the configuration does not set it.</param>
    /// <returns>The options.</returns>
    /// <exception cref="FormatException">A value cannot be read, or a key is not known; the message names all of them.</exception>
    /// <exception cref="IOException">The file of <c>CaBundlePath</c> cannot be read.</exception>
    internal static ManifestOptions FromConfiguration(IConfiguration configuration, string applicationName)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(applicationName);
        List<string> problems = [];
        var section = new SectionReader(configuration.GetSection(SectionNames.Manifests), problems);
        var options = Read(section, applicationName, out var caBundlePath);
        section.RefuseUnknown();
        return problems.Count > 0 ? throw new FormatException(string.Join(' ', problems))
            : caBundlePath is null ? options
            : options.With(copy => copy.CaBundle = File.ReadAllBytes(caBundlePath));
    }

    /// <summary>Reads everything but the file of the CA bundle, which may be on another machine.</summary>
    internal static ManifestOptions Read(SectionReader section, string applicationName, out string? caBundlePath)
    {
        var options = new ManifestOptions
        {
            App = section.Text(nameof(App)) ?? ToLabel(applicationName),
            Namespace = section.Text(nameof(Namespace)),
            ServiceName = section.Text(nameof(ServiceName)),
            ServicePort = section.Number(nameof(ServicePort), 1, 65535) ?? DefaultServicePort,
            Url = section.TryRead<Uri>(nameof(Url), TryParseUrl, "an address that begins with https:// and a host, such as https://webhook.example.com", out var url) ? url : null,
            InjectCaFrom = section.Text(nameof(InjectCaFrom)),
            GuardPolicies = section.Flag(nameof(GuardPolicies)) ?? true,
            KubeVersion = section.TryRead<Version>(nameof(KubeVersion), TryParseKubeVersion, $"a version such as {NewestKubeVersion}, {OldestKubeVersion} or newer", out var version) ? version : NewestKubeVersion,
        };
        caBundlePath = section.Text("CaBundlePath");

        section.Leave(CertificatesKey);
        return options;
    }

    /// <summary>Reads an address for <see cref="Url"/>, from the section or from an option. The API server calls only https (contract 19.3).</summary>
    internal static bool TryParseUrl(string text, [NotNullWhen(true)] out Uri? value)
    {
        value = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps ? url : null;
        return value is not null;
    }

    /// <summary>Reads a version for <see cref="KubeVersion"/>, from the section or from an option, with or without a leading v. A version that is newer than the newest known counts as the newest.</summary>
    internal static bool TryParseKubeVersion(string text, [NotNullWhen(true)] out Version? value) =>
        Version.TryParse(text.TrimStart('v'), out value) && value >= OldestKubeVersion;

    /// <summary>A DNS label of a name as .NET has them: <c>ImageRegistryWebhook</c> becomes <c>image-registry-webhook</c>.</summary>
    internal static string ToLabel(string name)
    {
        var label = new StringBuilder();
        for (var i = 0; i < name.Length && label.Length < LongestLabel; i++)
        {
            if (char.IsAsciiLetterUpper(name[i]) && i > 0 && (char.IsAsciiLetterLower(name[i - 1]) || char.IsAsciiDigit(name[i - 1])))
            {
                label.Append('-');
            }

            label.Append(char.IsAsciiLetterOrDigit(name[i]) ? char.ToLowerInvariant(name[i]) : '-');
        }

        var text = label.ToString().Trim('-');
        return text.Length > 0 && char.IsAsciiLetter(text[0]) ? text : $"app-{text}".TrimEnd('-');
    }
}
