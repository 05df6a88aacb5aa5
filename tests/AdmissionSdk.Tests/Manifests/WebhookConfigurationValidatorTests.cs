using AdmissionSdk.Manifests;
using AdmissionSdk.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Manifests;

/// <summary>The API server's checks of configurations, made without it.</summary>
/// <remarks>Covers <see cref="WebhookConfigurationValidator"/>, <see cref="WebhookEntryValidator"/>, <see cref="ClientConfigValidator"/>, <see cref="RuleValidator"/>, <see cref="SelectorValidator"/>, <see cref="MatchConditionValidator"/>, <see cref="CelShape"/>, <see cref="KubernetesNames"/>.</remarks>
public sealed class WebhookConfigurationValidatorTests
{
    public static TheoryData<string> Cases => new(ConfigurationCases.Names);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Validate_ConfigurationOfTheTable_SaysWhatTheApiServerSays(string name)
    {
        var problems = WebhookConfigurationValidator.Validate(ConfigurationCases.Get(name).Create("table"));

        Assert.Equal(ConfigurationCases.Get(name).IsAccepted, problems.Count == 0);
    }

    [Fact]
    public void Table_EveryRuleOfTheContract_HasAnAcceptedAndARefusedConfiguration()
    {
        var rules = ConfigurationCases.Names.Select(ConfigurationCases.Get).GroupBy(item => item.Rule).ToDictionary(
            group => group.Key, group => (group.Any(item => item.IsAccepted), group.Any(item => !item.IsAccepted)));

        Assert.Equal(["19.2", "19.3", "19.4", "19.5", "19.6", "19.7", "19.8", "19.9"], rules.Keys.Order());
        Assert.All(rules.Values, sides => Assert.Equal((true, true), sides));
    }

    [Fact]
    public void Validate_ManyThingsWrong_NamesEachWithItsWebhookAtOnce()
    {
        var configuration = ConfigurationCases.Get("19.2: three segments").Create("many");
        configuration.Webhooks.Add(ConfigurationCase.Webhook("second.test.example.com"));
        configuration.Webhooks[0].TimeoutSeconds = 31;
        configuration.Webhooks[1].SideEffects = "Some";
        configuration.Webhooks[1].ClientConfig.Service.Path = "/Mutate";

        Assert.Equal(
            [
                "a.b.c: the timeout is 31 s; use whole seconds from 1 to 30.",
                "second.test.example.com: the path \"/Mutate\" must look like /mutate or /mutate/pods: lower-case letters, digits, '-' and '.' in each segment.",
                "second.test.example.com: sideEffects is \"Some\"; it must be None or NoneOnDryRun.",
            ],
            WebhookConfigurationValidator.Validate(configuration));
    }

    [Fact]
    public void Validate_AValidatingConfiguration_IsCheckedAlike()
    {
        var configuration = new V1ValidatingWebhookConfiguration
        {
            Metadata = new V1ObjectMeta { Name = "validating" },
            Webhooks = [new V1ValidatingWebhook { Name = "guard.test.example.com", AdmissionReviewVersions = ["v1"] }],
        };

        Assert.Equal(
            [
                "guard.test.example.com: clientConfig needs either a url or a service, and not both.",
                "guard.test.example.com: sideEffects is missing; say None or NoneOnDryRun.",
            ],
            WebhookConfigurationValidator.Validate(configuration));
    }

    [Fact]
    public void Validate_AStaticManifestWithAService_IsRefused()
    {
        var configuration = ConfigurationCases.Get("19.2: three segments").Create("app.static.k8s.io");

        Assert.Equal(["a.b.c: static manifests can only call a url; set one (--url)."], WebhookConfigurationValidator.Validate(configuration));
    }
}
