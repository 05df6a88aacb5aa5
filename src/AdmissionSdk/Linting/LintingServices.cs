using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.Linting;

/// <summary>Adds the linter's run when the application starts.</summary>
internal static class LintingServices
{
    public static IServiceCollection AddLinting(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LintAtStart>());
        return services;
    }
}
