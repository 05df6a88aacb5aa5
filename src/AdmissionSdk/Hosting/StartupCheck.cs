using AdmissionSdk.Certificates;
using AdmissionSdk.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Hosting;

/// <summary>
/// Refuses the start of a program for everything that a setting can mend, before any other hosted service is made: one of them would throw for a setting that
/// it cannot read, and the host would print where, and not what to do.
/// </summary>
internal sealed class StartupCheck : IHostedService
{
    /// <exception cref="StartRefusedException">The program cannot start as it is configured.</exception>
    public StartupCheck(IServiceProvider services)
    {
        if (StartRefusal.IsProgram(services) && Find(services) is { Count: > 0 } problems)
        {
            throw StartRefusal.Create(services, problems);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static List<string> Find(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
            return [.. services.GetService<TlsStartCheck>()?.FindProblems() ?? []];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return [.. exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures).Distinct(StringComparer.Ordinal)];
        }
        catch (WebhookRegistrationException exception)
        {
            return [.. exception.Problems];
        }
    }
}
