using System.Text.Json.Nodes;
using Growth.Tests.Support;

namespace Growth.Tests.Paths;

/// <content>Conditions of rules, and workloads.</content>
public static partial class GrowthPaths
{
    private const string Conditions =
        """
        rules:
          - {name: users, match: {users: ["*a*b*c"]}, action: deny}
          - {name: spaces, match: {namespaces: ["*a*b*c"]}, action: deny}
          - {name: other-spaces, match: {notNamespaces: ["x", "*a*"]}, action: deny}
          - {name: pods, match: {podLabels: {matchLabels: {tier: web}, matchExpressions: [{key: team, operator: NotIn, values: [a, b]}]}}, action: deny}
          - {name: containers, match: {containers: ["*a*b*c"]}, action: deny}
        default: deny
        """;

    private static IEnumerable<(string Name, Func<int, Action> Prepare)> Policies()
    {
        yield return ("rules: a long user × containers", n => SampleReviews.Guard(Pods.Of(n, _ => "x"), policy: Conditions, user: new string('a', 4 * n)));
        yield return ("rules: a long namespace × containers", n => SampleReviews.Guard(Pods.Of(n, _ => "x"), policy: Conditions, @namespace: new string('a', 4 * n)));
        yield return ("rules: labels × containers", n => SampleReviews.Guard(
            Pods.Of(n, _ => "x", labels: Pods.Map(n, i => ($"l{i}", "v"))), policy: Conditions));
        yield return ("rules: a long name of a container", n => SampleReviews.Guard(Pods.Of(1, _ => "x", name: _ => new string('a', 16 * n)), policy: Conditions));
        yield return ("rules: a long user × containers, labels of the namespace not known", n => SampleReviews.Guard(
            Pods.Of(n, _ => "x"), policy: "rules: [{name: labels, match: {namespaceLabels: {matchLabels: {a: b}}}, action: deny}]\ndefault: deny", @namespace: new string('a', 4 * n)));
    }

    private static IEnumerable<(string Name, Func<int, Action> Prepare)> Workloads()
    {
        yield return ("workloads: containers denied", n => SampleReviews.Workload(Deployment(n, i => $"evil.example/x:{i}")));
        yield return ("workloads: owners × containers", n => SampleReviews.Workload(Deployment(n, i => $"evil.example/x:{i}", owners: n)));
    }

    private static JsonObject Deployment(int containers, Func<int, string> image, int owners = 0)
    {
        var template = Pods.Of(containers, image);
        return new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = new JsonObject
            {
                ["name"] = "web",
                ["ownerReferences"] = Pods.List(owners, i => new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = "Deployment", ["name"] = $"o{i}", ["uid"] = $"{i}" }),
            },
            ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = template["spec"]!.DeepClone() } },
        };
    }
}
