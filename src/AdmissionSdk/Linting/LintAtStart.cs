using AdmissionSdk.Observability;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Linting;

/// <summary>Logs the linter's findings when the application starts; never stops the application.</summary>
internal sealed class LintAtStart(IServiceProvider services, ILogger<LintAtStart> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var finding in Run())
        {
            logger.LintFound(
                finding.Rule.Severity == LintSeverity.Info ? LogLevel.Information : LogLevel.Warning,
                finding.Rule.Id, finding.Webhook ?? "all webhooks", finding.Message, finding.Rule.Fix);
        }

        return Task.CompletedTask;
    }

    private IReadOnlyList<LintFinding> Run()
    {
        try
        {
            return AdmissionLint.Run(services);
        }
        catch (Exception exception)
        {
            // Advice must not keep a pod from starting, for example when CaBundlePath exists only where manifests are generated.
            logger.LintNotRun(exception.Message);
            return [];
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
