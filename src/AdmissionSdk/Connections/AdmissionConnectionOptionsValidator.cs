using AdmissionSdk.Memory;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Connections;

/// <summary>Checks the options, all failures in one message.</summary>
internal sealed class AdmissionConnectionOptionsValidator : IValidateOptions<AdmissionConnectionOptions>
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, AdmissionConnectionOptions options)
    {
        List<string> failures = [];
        Check(nameof(options.MaxConnections), options.MaxConnections, AdmissionConnectionOptions.FewestConnections);
        Check(nameof(options.MaxConnectionsPerAddress), options.MaxConnectionsPerAddress, 1);
        Check(nameof(options.MaxHandshakes), options.MaxHandshakes, 1);
        Check(nameof(options.MaxRequests), options.MaxRequests, 1);
        var connections = ConnectionLimits.Of(options, MemoryAllowance.OfProcess()).Connections;
        CheckPart(nameof(options.MaxConnectionsPerAddress), options.MaxConnectionsPerAddress);
        CheckPart(nameof(options.MaxHandshakes), options.MaxHandshakes);
        if (options.FirstRequestTimeout < TimeSpan.FromSeconds(1) || options.FirstRequestTimeout > LongestWait)
        {
            failures.Add($"FirstRequestTimeout is {options.FirstRequestTimeout}; it must be one second to ten minutes.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(string key, int? value, int least)
        {
            if (value < least || value > AdmissionConnectionOptions.MostConnections)
            {
                failures.Add($"{key} is {value}; it must be {least} to {AdmissionConnectionOptions.MostConnections}.");
            }
        }

        void CheckPart(string key, int? value)
        {
            if (value > connections)
            {
                failures.Add($"{key} is {value}, and MaxConnections is {connections}: lower the one or raise the other.");
            }
        }
    }
}
