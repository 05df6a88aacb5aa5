using AdmissionSdk.Testing.ApiServer;
using k8s.Models;

namespace AdmissionSdk.Testing.Tests.ApiServer;

/// <summary>Copies of webhook configurations that point at a test host.</summary>
/// <remarks>Covers <see cref="ClientConfigRewriter"/>.</remarks>
public sealed class ClientConfigRewriterTests
{
    private static readonly byte[] Bundle = [1, 2, 3];

    [Theory]
    [InlineData("/mutate", "https://127.0.0.1:8443/mutate")]
    [InlineData(null, "https://127.0.0.1:8443/")]
    public void Rewrite_Service_BecomesUrlWithItsPath(string? path, string expected)
    {
        var original = Mutating(new Admissionregistrationv1WebhookClientConfig
        {
            Service = new Admissionregistrationv1ServiceReference { Name = "webhook", NamespaceProperty = "webhooks", Path = path, Port = 9443 },
        });

        var rewritten = Rewrite(original);

        Assert.Equal(expected, rewritten.Url);
        Assert.Null(rewritten.Service);
        Assert.Equal(Bundle, rewritten.CaBundle);
        Assert.NotNull(original.Webhooks[0].ClientConfig.Service);
    }

    [Fact]
    public void Rewrite_Url_KeepsItsPath()
    {
        var rewritten = Rewrite(Mutating(new Admissionregistrationv1WebhookClientConfig { Url = "https://webhook.example.com:9443/a/b", CaBundle = [9] }));

        Assert.Equal("https://127.0.0.1:8443/a/b", rewritten.Url);
        Assert.Equal(Bundle, rewritten.CaBundle);
    }

    [Fact]
    public void Rewrite_BaseAddressWithPath_PutsItInFront()
    {
        var original = Mutating(new Admissionregistrationv1WebhookClientConfig { Url = "https://webhook.example.com/a" });

        var rewritten = ClientConfigRewriter.Rewrite(original, new Uri("https://127.0.0.1:8443/base/"), Bundle);

        Assert.Equal("https://127.0.0.1:8443/base/a", ((V1MutatingWebhookConfiguration)rewritten).Webhooks[0].ClientConfig.Url);
    }

    [Fact]
    public void Rewrite_Validating_KeepsEverythingElse()
    {
        var original = new V1ValidatingWebhookConfiguration
        {
            Metadata = new V1ObjectMeta { Name = "guard", Labels = new Dictionary<string, string> { ["a"] = "b" }, ResourceVersion = "7" },
            Webhooks = [new V1ValidatingWebhook { Name = "guard.example.com", FailurePolicy = "Ignore", TimeoutSeconds = 3, ClientConfig = new() { Url = "https://x/guard" } }],
        };

        var rewritten = Assert.IsType<V1ValidatingWebhookConfiguration>(ClientConfigRewriter.Rewrite(original, new Uri("https://127.0.0.1:8443"), Bundle));

        var webhook = Assert.Single(rewritten.Webhooks);
        Assert.Equal(("guard.example.com", "Ignore", 3), (webhook.Name, webhook.FailurePolicy, webhook.TimeoutSeconds));
        Assert.Equal("https://127.0.0.1:8443/guard", webhook.ClientConfig.Url);
        Assert.Equal("b", rewritten.Metadata.Labels["a"]);
        Assert.Null(rewritten.Metadata.ResourceVersion);
        Assert.Equal("7", original.Metadata.ResourceVersion);
    }

    [Fact]
    public void Rewrite_AnotherKind_SaysWhatIsExpected()
    {
        var refused = Assert.Throws<ArgumentException>(() => ClientConfigRewriter.Rewrite(new V1Pod(), new Uri("https://127.0.0.1"), Bundle));

        Assert.Contains("got V1Pod", refused.Message, StringComparison.Ordinal);
    }

    private static V1MutatingWebhookConfiguration Mutating(Admissionregistrationv1WebhookClientConfig clientConfig) => new()
    {
        Metadata = new V1ObjectMeta { Name = "webhooks" },
        Webhooks = [new V1MutatingWebhook { Name = "webhook.example.com", ClientConfig = clientConfig }],
    };

    private static Admissionregistrationv1WebhookClientConfig Rewrite(V1MutatingWebhookConfiguration configuration) =>
        ((V1MutatingWebhookConfiguration)ClientConfigRewriter.Rewrite(configuration, new Uri("https://127.0.0.1:8443"), Bundle)).Webhooks[0].ClientConfig;
}
