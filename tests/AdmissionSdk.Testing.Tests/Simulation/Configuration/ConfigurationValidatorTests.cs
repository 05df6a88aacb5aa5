using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Configuration;
using AdmissionSdk.Testing.Tests.Simulation.Support;

namespace AdmissionSdk.Testing.Tests.Simulation.Configuration;

/// <summary>Configurations that the API server refuses (contract 19.2–19.9).</summary>
/// <remarks>Covers <see cref="ConfigurationReader"/>, <see cref="ConfigurationValidator"/>, <see cref="SimulatedRuleValidator"/>, <see cref="ApiServerNames"/>, <see cref="WebhookDefinition"/>.</remarks>
public class ConfigurationValidatorTests
{
    public static TheoryData<string> Names => [.. ConfigurationCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void RegisterWebhooks_Configuration_IsRefusedWithItsViolation(string name)
    {
        var (change, violation) = ConfigurationCases.All[name];
        var server = new SimulatedApiServer();
        void Act() => server.RegisterWebhooks(new FakeApp().Client, TestWebhook.Configuration("c", TestWebhook.Mutating("a", change)));

        if (violation is null)
        {
            Act();
        }
        else
        {
            Assert.Contains(violation, Assert.Throws<ArgumentException>(Act).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void RegisterWebhooks_SeveralViolations_ReportsThemAll()
    {
        var exception = Assert.Throws<ArgumentException>(() => new SimulatedApiServer().RegisterWebhooks(
            new FakeApp().Client,
            TestWebhook.Configuration("BAD", TestWebhook.Mutating("a", webhook => webhook.SideEffects = null), TestWebhook.Mutating("a"))));

        Assert.Contains("metadata.name: must be a DNS-1123 subdomain", exception.Message, StringComparison.Ordinal);
        Assert.Contains("webhooks[0].sideEffects", exception.Message, StringComparison.Ordinal);
        Assert.Contains("webhooks[1].name: Duplicate value: \"a.test.example.com\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RegisterWebhooks_StaticSuffix_IsRefused()
    {
        // 18.2
        var exception = Assert.Throws<ArgumentException>(() => new SimulatedApiServer().RegisterWebhooks(new FakeApp().Client, TestWebhook.Configuration("x.static.k8s.io", TestWebhook.Mutating("a"))));

        Assert.Contains(".static.k8s.io is reserved", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RegisterWebhooks_ValidatingWebhookWithReinvocationPolicy_IsRefused()
    {
        const string Yaml = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: { name: c }
            webhooks:
            - name: a.b.c
              reinvocationPolicy: Never
              sideEffects: None
              admissionReviewVersions: [v1]
              clientConfig: { service: { name: s, namespace: n } }
            """;

        Assert.Contains("only mutating webhooks have one", Assert.Throws<ArgumentException>(() => new SimulatedApiServer().RegisterWebhooks(new FakeApp().Client, Yaml)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RegisterWebhooks_ManifestsWithoutConfiguration_SaysSo() =>
        Assert.Contains("No MutatingWebhookConfiguration", Assert.Throws<ArgumentException>(() => new SimulatedApiServer().RegisterWebhooks(new FakeApp().Client, "apiVersion: v1\nkind: Service\n")).Message, StringComparison.Ordinal);
}
