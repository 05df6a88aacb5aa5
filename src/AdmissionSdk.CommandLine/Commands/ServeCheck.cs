using AdmissionSdk.Certificates;
using AdmissionSdk.CommandLine.Conditions;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Finds what would stop the start, before the host is started: the host prints a stack trace for it.</summary>
internal static class ServeCheck
{
    /// <exception cref="CommandException">The application cannot start as it is configured.</exception>
    public static void Run(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            throw new CommandException(
                string.Join(' ', exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures).Distinct(StringComparer.Ordinal)), exception);
        }

        CommandException.ThrowIfAny([.. services.GetService<TlsStartCheck>()?.FindProblems() ?? [], .. FindConditionProblems(services)]);
    }

    // The linter that runs at the start finds the judge here.
    private static IEnumerable<string> FindConditionProblems(IServiceProvider services)
    {
        if (services.GetService<WebhookRegistry>() is not { } registry)
        {
            return [];
        }

        var judge = new CelConditionJudge();
        registry.ConditionJudge ??= judge;
        return judge.FindProblems(registry.Webhooks, ManifestOptions.NewestKubeVersion);
    }
}
