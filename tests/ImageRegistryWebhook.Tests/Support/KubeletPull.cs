using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>The registry from which the kubelet and a container runtime would pull an image, written without the code under test.</summary>
internal static class KubeletPull
{
    /// <summary>The result for an image on the node, which can be from any registry.</summary>
    public const string Node = "an image on the node";

    private static readonly string[] DockerHub = ["docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"];

    /// <summary>The registry and port of a pull, or <see cref="Node"/>; null if the string is not a reference.</summary>
    public static string? Source(string image) =>
        Host(image) is { } host && DockerHub.Any(name => host == name + ":443") ? "docker.io:443" : Host(image);

    /// <summary>The registry and port of a pull by the written name, since Docker Hub has several names.</summary>
    public static string? Host(string image)
    {
        if (Regex.IsMatch(image, @"\Asha(?:256|384|512):\w+\z", RegexOptions.NonBacktracking))
        {
            return Node;
        }

        if (ReferenceOracle.Normalize(image) is not { } normalized)
        {
            return null;
        }

        var domain = normalized[..normalized.IndexOf('/', StringComparison.Ordinal)];
        var colon = Regex.Match(domain, @":(?<port>[0-9]+)\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);
        var host = string.Concat((colon.Success ? domain[..colon.Index] : domain).Select(letter => letter is >= 'A' and <= 'Z' ? (char)(letter + 32) : letter));
        var address = host[0] == '[' && IPAddress.TryParse(host, out var parsed) ? parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed : null;
        host = address is null ? host : address.ToString().Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address.ToString();
        var local = host is "localhost" or "127.0.0.1" or "[::1]";

        // Go reads a port as a decimal number and does not dial a port above 65535.
        var port = !colon.Success ? (local ? 80 : 443)
            : ulong.TryParse(colon.Groups["port"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 65535 ? (int)number : -1;
        return port < 0 ? null : $"{host}:{port}";
    }
}
