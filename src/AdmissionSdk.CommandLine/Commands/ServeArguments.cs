using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>
/// Judges the arguments that <c>serve</c> leaves to ASP.NET Core, which takes any name for a setting: a misspelt one would be served without.
/// </summary>
internal static class ServeArguments
{
    // WebApplicationFactory hands all its settings over as arguments, and this one always.
    private const string TestHost = "--applicationName=";

    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "urls", "http_ports", "https_ports", "environment", "applicationName", "contentRoot", "webroot", "allowedHosts", "detailedErrors", "preferHostingUrls",
        "shutdownTimeoutSeconds", "captureStartupErrors", "suppressStatusMessages", "hostingStartupAssemblies", "hostingStartupExcludeAssemblies",
        "preventHostingStartup", "startupAssembly", "forwardedHeaders_enabled", "hostBuilder:reloadConfigOnChange",
    };

    /// <summary>Finds the first argument that is neither a setting nor the value of one; null if all are.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="configuration">The application's configuration.</param>
    /// <param name="own">The application's own settings without a section.</param>
    public static string? FindProblem(IReadOnlyList<string> arguments, IConfiguration configuration, IEnumerable<string> own)
    {
        if (arguments.Any(text => text.StartsWith(TestHost, StringComparison.Ordinal)))
        {
            return null;
        }

        for (var i = 0; i < arguments.Count; i++)
        {
            var text = arguments[i];
            var start = text.StartsWith("--", StringComparison.Ordinal) ? 2 : text.StartsWith('/') ? 1 : 0;
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? text[start..] : text[start..equals];
            if ((start == 0 && equals < 0) || key.Length == 0 || text.StartsWith("---", StringComparison.Ordinal) || (start == 0 && text.StartsWith('-')))
            {
                return $"'{text}' is not an option: settings are written --Section:Key=value, such as --AdmissionWebhooks:Tls:Port=9443 (see --help).";
            }

            if (!key.Contains(':', StringComparison.Ordinal) && !Known.Contains(key) && !own.Contains(key, StringComparer.OrdinalIgnoreCase) && !IsElsewhere(key, configuration))
            {
                return $"--{key} is not an option of serve: settings are written --Section:Key=value, such as --AdmissionWebhooks:Tls:Port=9443 (see --help).";
            }

            if (equals < 0 && (++i >= arguments.Count || arguments[i].StartsWith("--", StringComparison.Ordinal)))
            {
                return $"{text} has no value: write {text}=VALUE.";
            }
        }

        return null;
    }

    // A key that a file or a variable sets too is one that the application knows.
    private static bool IsElsewhere(string key, IConfiguration configuration) =>
        configuration is IConfigurationRoot root
        && root.Providers.Any(provider => provider is not CommandLineConfigurationProvider && (provider.TryGet(key, out _) || provider.GetChildKeys([], key).Any()));
}
