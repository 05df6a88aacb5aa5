using AdmissionSdk.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Configuration;

/// <summary>Refuses the start for everything that is wrong with configuration and webhooks, in one message.</summary>
internal sealed class StartCheckValidator(ConfiguredWebhooks configuration, IServiceProvider services) : IValidateOptions<StartCheck>
{
    public ValidateOptionsResult Validate(string? name, StartCheck options)
    {
        // Without webhooks there may still be a listener. With them the registry throws for both.
        if (services.GetService<WebhookRegistry>() is not null)
        {
            return ValidateOptionsResult.Success;
        }

        var problems = configuration.FindProblems();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
