using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace AdmissionSdk.Certificates;

/// <summary>The addresses of ASPNETCORE_URLS, or, without it, of ASPNETCORE_HTTP_PORTS and ASPNETCORE_HTTPS_PORTS: the host's own order.</summary>
internal static class ConfiguredAddresses
{
    public static IReadOnlyList<ConfiguredAddress> Read(IConfiguration configuration)
    {
        var urls = Split(configuration[WebHostDefaults.ServerUrlsKey]);
        if (urls.Length == 0)
        {
            urls =
            [
                .. Split(configuration[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}"),
                .. Split(configuration[WebHostDefaults.HttpsPortsKey]).Select(port => $"https://*:{port}"),
            ];
        }

        return [.. urls.Select(url => new ConfiguredAddress(url, BindingAddress.Parse(url)))];
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
