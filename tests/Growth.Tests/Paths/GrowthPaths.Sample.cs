using System.Text.Json.Nodes;
using Growth.Tests.Support;

namespace Growth.Tests.Paths;

/// <content>Pods through the sample's mutator and guard.</content>
public static partial class GrowthPaths
{
    private const string Original = "original.registry-webhook.example.com/";

    private static IEnumerable<(string Name, Func<int, Action> Prepare)> Sample()
    {
        yield return ("mutate: annotations × containers", n => SampleReviews.Mutate(Pods.Of(n, _ => "", annotations: Pods.Map(n, i => ($"{Original}a{i}", "")))));
        yield return ("mutate: true annotations × containers", n => SampleReviews.Mutate(
            Pods.Of(n, i => $"registry.example.com/hub/library/nginx:{i}", annotations: Pods.Map(n, i => ($"{Original}c{i}", $"nginx:{i}")))));
        yield return ("mutate: annotations made up × containers rewritten", n => SampleReviews.Mutate(
            Pods.Of(n, i => $"nginx:{i}", annotations: Pods.Map(n, i => ($"{Original}x{i}", $"nginx:{i}")))));
        yield return ("mutate: containers of one name", n => SampleReviews.Mutate(Pods.Of(n, i => $"nginx:{i}", name: _ => "app")));
        yield return ("mutate: pull secrets", n => SampleReviews.Mutate(Pods.Of(1, _ => "nginx", spec: spec =>
            spec["imagePullSecrets"] = Pods.List(n, i => new JsonObject { ["name"] = $"s{i}" }))));
        yield return ("mutate: image volumes", n => SampleReviews.Mutate(Pods.Of(1, _ => "nginx", spec: spec =>
            spec["volumes"] = Pods.List(n, i => new JsonObject { ["name"] = $"v{i}", ["image"] = new JsonObject { ["reference"] = $"nginx:{i}" } }))));
        yield return ("mutate: one long image", n => SampleReviews.Mutate(Pods.Of(1, _ => new string('a', n))));
        yield return ("mutate: images that are not references", n => SampleReviews.Mutate(Pods.Of(n, i => $"\u001b[2J{i}")));
        yield return ("guard: containers denied", n => SampleReviews.Guard(Pods.Of(n, i => $"evil.example/x:{i}")));
        yield return ("guard: containers warned of", n => SampleReviews.Guard(Pods.Of(n, i => $"old.example.com/x:{i}")));
        yield return ("guard: containers to be rewritten", n => SampleReviews.Guard(Pods.Of(n, i => $"nginx:{i}")));
        yield return ("guard: an update of every image", n => SampleReviews.Guard(Pods.Of(n, i => $"evil.example/x:{i}"), Pods.Of(n, i => $"evil.example/y:{i}")));
        yield return ("guard: an update of containers of one name", n => SampleReviews.Guard(
            Pods.Of(n, i => $"evil.example/x:{i}", name: _ => "a"), Pods.Of(n, i => $"evil.example/y:{i}", name: _ => "a")));
        yield return ("guard: ephemeral containers added", n => SampleReviews.Guard(
            Debugged(n), Debugged(n / 2), subresource: "ephemeralcontainers"));
    }

    private static JsonObject Debugged(int count) => Pods.Of(1, _ => "nginx", spec: spec =>
        spec["ephemeralContainers"] = Pods.List(count, i => new JsonObject { ["name"] = $"d{i}", ["image"] = $"evil.example/x:{i}" }));
}
