using Microsoft.Extensions.Options;

namespace AdmissionSdk.Cluster;

/// <summary>Checks the options, all failures in one message.</summary>
internal sealed class ClusterLookupOptionsValidator : IValidateOptions<ClusterLookupOptions>
{
    public ValidateOptionsResult Validate(string? name, ClusterLookupOptions options)
    {
        List<string> failures = [];
        if (LookupTimeout.FindProblem(options.Timeout) is { } problem)
        {
            failures.Add($"ClusterLookupOptions.Timeout is {options.Timeout}; {problem}.");
        }

        if (options.MaxConcurrent < 1)
        {
            failures.Add($"ClusterLookupOptions.MaxConcurrent is {options.MaxConcurrent}; it must be positive, or nothing could ever be looked up.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
