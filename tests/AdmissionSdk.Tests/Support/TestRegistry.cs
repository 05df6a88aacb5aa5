using AdmissionSdk.Registration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Tests.Support;

/// <summary>Makes the registry that a host with given webhooks and configuration would have, without a host.</summary>
internal static class TestRegistry
{
    public static WebhookRegistry Create(Action<AdmissionWebhooksBuilder> webhooks, params IEnumerable<(string Key, string Value)> configuration)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(configuration.Select(item => KeyValuePair.Create($"AdmissionWebhooks:Webhooks:{item.Key}", (string?)item.Value)))
            .Build());
        webhooks(services.AddAdmissionWebhooks());
        return services.BuildServiceProvider().GetRequiredService<WebhookRegistry>();
    }

    public static IReadOnlyList<string> Problems(Action<AdmissionWebhooksBuilder> webhooks, params IEnumerable<(string Key, string Value)> configuration) =>
        Assert.Throws<WebhookRegistrationException>(() => Create(webhooks, configuration)).Problems;
}
