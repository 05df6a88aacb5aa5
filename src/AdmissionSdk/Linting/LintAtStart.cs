using AdmissionSdk.Observability;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Linting;

/// <summary>Logs what the linter finds when the application starts; never stops it.</summary>
internal sealed class LintAtStart(IServiceProvider services, ILogger<LintAtStart> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var finding in AdmissionLint.Run(services))
        {
            logger.LintFound(
                finding.Rule.Severity == LintSeverity.Info ? LogLevel.Information : LogLevel.Warning,
                finding.Rule.Id, finding.Webhook ?? "all webhooks", finding.Message, finding.Rule.Fix);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
