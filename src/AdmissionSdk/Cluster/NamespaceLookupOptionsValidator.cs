using Microsoft.Extensions.Options;

namespace AdmissionSdk.Cluster;

/// <summary>Checks the options, all failures in one message.</summary>
internal sealed class NamespaceLookupOptionsValidator : IValidateOptions<NamespaceLookupOptions>
{
    public ValidateOptionsResult Validate(string? name, NamespaceLookupOptions options)
    {
        List<string> failures = [];
        if (options.MaxNamespaces < 1)
        {
            failures.Add($"NamespaceLookupOptions.MaxNamespaces is {options.MaxNamespaces}; it must be positive.");
        }

        if (options.MaxStaleness <= TimeSpan.Zero)
        {
            failures.Add($"NamespaceLookupOptions.MaxStaleness is {options.MaxStaleness}; it must be more than zero, or nothing would ever be answered from memory.");
        }

        if (options.FirstSyncTimeout < TimeSpan.Zero)
        {
            failures.Add($"NamespaceLookupOptions.FirstSyncTimeout is {options.FirstSyncTimeout}; it must not be negative.");
        }

        if (LookupTimeout.FindProblem(options.Timeout) is { } problem)
        {
            failures.Add($"NamespaceLookupOptions.Timeout is {options.Timeout}; {problem}.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
