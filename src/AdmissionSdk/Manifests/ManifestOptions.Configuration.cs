using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace AdmissionSdk.Manifests;

/// <content>The configuration section <c>AdmissionWebhooks:Manifests</c>.</content>
public sealed partial record ManifestOptions
{
    private const string Section = "AdmissionWebhooks:Manifests";
    private const int LongestLabel = 63;

    /// <summary>
    /// Reads the configuration section <c>AdmissionWebhooks:Manifests</c>: <c>App</c>, <c>Namespace</c>, <c>ServiceName</c>, <c>ServicePort</c>,
    /// <c>Url</c>, <c>InjectCaFrom</c>, <c>CaBundlePath</c> (a PEM file) and <c>KubeVersion</c>, each with the default of its property.
    /// </summary>
    /// <param name="configuration">The application's configuration.</param>
    /// <param name="applicationName">The application's name, from which <see cref="App"/> is made when the configuration does not say it.</param>
    /// <returns>The options.</returns>
    /// <exception cref="FormatException">A value cannot be read; the message names the key.</exception>
    /// <exception cref="IOException">The file of <c>CaBundlePath</c> cannot be read.</exception>
    public static ManifestOptions FromConfiguration(IConfiguration configuration, string applicationName)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(applicationName);
        var section = configuration.GetSection(Section);
        return new ManifestOptions
        {
            App = section["App"] ?? ToLabel(applicationName),
            Namespace = section["Namespace"],
            ServiceName = section["ServiceName"],
            ServicePort = Read(section, "ServicePort", text => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture), 443),
            Url = Read<Uri?>(section, "Url", text => new Uri(text, UriKind.Absolute), null),
            InjectCaFrom = section["InjectCaFrom"],
            CaBundle = section["CaBundlePath"] is { Length: > 0 } path ? File.ReadAllBytes(path) : null,
            KubeVersion = Read(section, "KubeVersion", text => Version.Parse(text.TrimStart('v')), NewestKubeVersion),
        };
    }

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

    private static T Read<T>(IConfigurationSection section, string key, Func<string, T> parse, T otherwise)
    {
        if (section[key] is not { Length: > 0 } text)
        {
            return otherwise;
        }

        try
        {
            return parse(text);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            throw new FormatException($"{section.Path}:{key} is \"{text}\", which cannot be read: {exception.Message}", exception);
        }
    }
}
