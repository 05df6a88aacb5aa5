using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Tests.Policies;

/// <remarks>Covers <see cref="LookupTerms"/>.</remarks>
public class LookupTermsTests
{
    [Fact]
    public void Of_Policy_NamesTargetsAndRegistriesListedInFull()
    {
        var engine = PolicyText.Engine("""
            rules:
              - {name: hub, match: {registries: [index.docker.io, "*.example.org"]}, action: rewrite, target: "registry.example.com:5000/hub"}
              - {name: ours, match: {registries: [REGISTRY.example.com:5000, ghcr.io]}, action: allow}
            default: allow
            pin: {registryLookup: fallback}
            check: {exists: warn, timeout: 300ms, cache: 5m}
            """);

        var terms = engine.Decide(new ImageContext("nginx") { Facts = RegistryFacts.Unasked }).Question!.Terms;

        Assert.Equal(["docker.io", "ghcr.io", "registry.example.com:5000"], terms.Registries.Select(host => host.ToString()).Order());
        Assert.Equal((TimeSpan.FromMilliseconds(300), TimeSpan.FromMinutes(5)), (terms.Timeout, terms.Cache));
    }
}
