using System.Net;
using ImageRegistryWebhook.Images;
using Microsoft.Extensions.Options;

namespace ImageRegistryWebhook.Registries;

/// <summary>Refuses options that are not valid, and reports all errors at once.</summary>
internal sealed class RegistryLookupValidator : IValidateOptions<RegistryLookupOptions>
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(20);

    public ValidateOptionsResult Validate(string? name, RegistryLookupOptions options)
    {
        List<string> errors = [];
        Check(options.LongestTimeout > TimeSpan.Zero && options.LongestTimeout <= LongestTimeout, "LongestTimeout must be between 0 and 20 s");
        Check(options.ConnectTimeout > TimeSpan.Zero && options.ConnectTimeout <= LongestTimeout, "ConnectTimeout must be between 0 and 20 s");
        Check(options.AbsentCache >= TimeSpan.Zero, "AbsentCache must not be negative");
        Check(options.FailureCache >= TimeSpan.Zero, "FailureCache must not be negative");
        Check(options.CacheEntries is >= 0 and <= 1_000_000, "CacheEntries must be between 0 and 1,000,000");
        Check(options.MaxConcurrent is > 0 and <= 10_000, "MaxConcurrent must be between 1 and 10,000");
        CheckNetworks("RefusedNetworks", options.RefusedNetworks);
        HashSet<(string, int)> places = [];
        foreach (var trust in options.Registries)
        {
            var isHost = ReferenceParser.IsRegistry(trust.Host);
            Check(isHost, $"Registries: \"{trust.Host}\" is not a host or host:port");
            if (isHost)
            {
                var endpoint = RegistryEndpoint.Of(RegistryHost.Of(trust.Host), trust.PlainHttp);
                Check(places.Add((endpoint.Host, endpoint.Port)), $"Registries: {trust.Host} is listed twice; remove one");
            }

            CheckNetworks($"Registries, {trust.Host}: Networks", trust.Networks);
            foreach (var realm in trust.TokenRealms.Where(realm => !ReferenceParser.IsRegistry(realm)))
            {
                Check(false, $"Registries, {trust.Host}: TokenRealms: \"{realm}\" is not a host or host:port");
            }
        }

        if (options.Enabled && options.CredentialsFile is { Length: > 0 } file && CredentialStore.Read(file).Error is { } error)
        {
            Check(false, $"CredentialsFile {file}: {error}");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Check(bool isGood, string message)
        {
            if (!isGood)
            {
                errors.Add($"{RegistryLookupOptions.Section}: {message}.");
            }
        }

        void CheckNetworks(string where, IEnumerable<string> networks)
        {
            foreach (var network in networks.Where(network => !IPNetwork.TryParse(network, out _)))
            {
                Check(false, $"{where}: \"{network}\" is not a network such as 10.1.0.0/16");
            }
        }
    }
}
