using ImageRegistryWebhook.Commands;

namespace ImageRegistryWebhook.Tests.Commands;

/// <summary><c>policy explain</c> says where the guard policy decides otherwise than the webhook.</summary>
/// <remarks>Covers <see cref="GuardExplanation"/>, <see cref="PolicyCommands"/>.</remarks>
public sealed class GuardExplanationTests : IDisposable
{
    private const string Policy =
        """
        rules:
          - {name: hub, match: {registries: [docker.io]}, action: rewrite, target: registry.example.com/hub}
          - {name: quay, match: {registries: [quay.io]}, action: rewrite, target: registry.example.com/quay, guard: webhook}
          - {name: builders, match: {users: [builder], containers: [build], namespaceLabels: {matchLabels: {team: a}}, podLabels: {matchLabels: {job: build}}}, action: allow}
          - {name: ours, match: {registries: [registry.example.com, "[::1]:5000"]}, action: allow}
        default: deny
        """;

    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("nginx:1.9", "guard policy: denies it as it is written, also while the webhook is down: volume image: image nginx:1.9 is denied: rewrite (rule hub): the image must come from registry.example.com/hub")]
    [InlineData("[::1]:5000/acme/web:1", "is denied: spelling: its registry is written in a way that a policy cannot compare")]
    [InlineData("quay.io/acme/web:1", "guard policy: leaves it to the webhook (rule quay has guard: webhook)")]
    public void Explain_ImageThatThePolicyDecidesOtherwise_SaysSo(string image, string line) =>
        Assert.Contains(line, Explain(image), StringComparison.Ordinal);

    [Theory]
    [InlineData("registry.example.com/acme/web:1")]
    [InlineData("ghcr.io/acme/web:1")]
    [InlineData("https://nginx")]
    public void Explain_ImageThatBothDecideAlike_SaysNothing(string image) =>
        Assert.DoesNotContain("guard policy", Explain(image), StringComparison.Ordinal);

    [Fact]
    public void Explain_RuleWithScope_KnowsUserLabelsAndContainer() =>
        Assert.DoesNotContain(
            "guard policy",
            Explain("ghcr.io/acme/web:1", "--user", "builder", "--container", "build", "--namespace-label", "team=a", "--pod-label", "job=build"),
            StringComparison.Ordinal);

    private string Explain(string image, params string[] options) =>
        _run.Run(null, ["policy", "explain", image, "--policy", _run.Write("policy.yaml", Policy), .. options]).Output;
}
