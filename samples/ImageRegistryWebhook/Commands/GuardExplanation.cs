using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Cel;
using ImageRegistryWebhook.Guarding;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Commands;

/// <summary>Explains what the guard policy does with an image, where that differs from the webhook's decision.</summary>
internal static class GuardExplanation
{
    // The libraries of this version are all that a generated policy uses.
    private static readonly Version Oldest = new(1, 30);

    /// <summary>The lines about an image, and about its rewritten form; none if policy and webhook agree.</summary>
    public static IEnumerable<string> Explain(Policy policy, ImageContext context, ImageDecision decision)
    {
        if (decision.Action is ImageAction.Deny or ImageAction.Unknown)
        {
            yield break;
        }

        var guard = GuardGenerator.Generate(policy);
        var program = GuardProgram.Compile(guard, Oldest);
        if (Judge(program, context) is { } denial)
        {
            yield return $"guard policy: denies it as it is written, also while the webhook is down: {denial}";
        }
        else if (policy.Rules.FirstOrDefault(rule => rule.Name == decision.Rule) is { GuardByWebhook: true })
        {
            yield return $"guard policy: leaves it to the webhook (rule {decision.Rule} has guard: webhook)";
        }

        if (decision.Image != context.Image && Judge(program, context with { Image = decision.Image }) is { } later)
        {
            yield return $"guard policy: denies it even after the rewrite: {later}";
        }
    }

    private static string? Judge(GuardProgram program, ImageContext context)
    {
        var entry = context.Container is { } container
            ? new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = container, ["image"] = context.Image }) }
            : new JsonObject { ["volumes"] = new JsonArray(new JsonObject { ["name"] = "image", ["image"] = new JsonObject { ["reference"] = context.Image } }) };
        var request = new JsonObject { ["operation"] = "CREATE", ["namespace"] = context.Namespace ?? "", ["userInfo"] = new JsonObject { ["username"] = context.User ?? "" } };
        var pod = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = Labels(context.PodLabels) }, ["spec"] = entry };
        var inputs = new CelInputs
        {
            Object = Element(pod),
            Request = Element(request),
            NamespaceObject = context.NamespaceLabels is { } labels ? Element(new JsonObject { ["metadata"] = new JsonObject { ["labels"] = Labels(labels) } }) : null,
        };
        return program.Judge(inputs).IsAllowed ? null : program.Explain(inputs);
    }

    private static JsonObject Labels(IReadOnlyDictionary<string, string> labels) => new(labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));

    private static JsonElement Element(JsonNode node) => JsonElement.Parse(node.ToJsonString());
}
