using AdmissionSdk.Observability;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Linting;

/// <summary>Logs what the linter finds when the application starts; never stops it.</summary>
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
            // Advice is not worth a pod that does not start: such as a CaBundlePath that only the machine that generates manifests has.
            logger.LintNotRun(exception.Message);
            return [];
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
