using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Cel;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>
/// Evaluates match conditions for a manifest. Known is what the manifest and the options say; fields that only the server or a user sets are not known,
/// and a condition that depends on one is undecided.
/// </summary>
internal sealed class ManifestConditions(ReviewFacts facts)
{
    // The check is a dry run, and the request for which it stands is none.
    private static readonly string[] NeverKnown = ["authorizer", "request.dryRun", "request.options", "request.userInfo.uid", "request.userInfo.extra"];

    private static readonly string[] SetByTheServer = ["uid", "creationTimestamp", "generation", "resourceVersion", "managedFields"];

    private static readonly string[] UserOnly = ["request.userInfo"];

    private static readonly string[] OwnVariables = ["uid", "object", "oldObject"];

    private static readonly string[] LeftOutIfEmpty = ["name", "namespace"];


    private readonly CelEnvironment _environment = CelEnvironment.ForMatchConditions(ManifestOptions.NewestKubeVersion, CelExpressionOrigin.Stored);
    private readonly Dictionary<string, CelMatchConditions> _compiled = new(StringComparer.Ordinal);

    /// <summary>Evaluates a webhook's conditions.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="review">The review that the webhook would get.</param>
    public CelMatchOutcome Evaluate(WebhookDescriptor webhook, byte[] review)
    {
        if (!_compiled.TryGetValue(webhook.Name, out var conditions))
        {
            conditions = new CelMatchConditions(webhook.MatchConditions.Select(condition => (condition.Name, _environment.Compile(condition.Expression).Program!)));
            _compiled[webhook.Name] = conditions;
        }

        var request = JsonNode.Parse(review, documentOptions: DeepJson.Options)!["request"]!.AsObject();
        var content = request["object"]!.AsObject();
        HashSet<string> unknown = [.. NeverKnown, .. facts.IsUserKnown ? [] : UserOnly];
        var metadata = content["metadata"] as JsonObject;
        unknown.UnionWith(SetByTheServer.Where(name => metadata?.ContainsKey(name) != true).Select(name => $"object.metadata.{name}"));
        foreach (var name in OwnVariables)
        {
            request.Remove(name);
        }

        // The API server leaves out what is empty.
        foreach (var name in LeftOutIfEmpty.Where(name => (string?)request[name] is null or ""))
        {
            request.Remove(name);
        }

        return conditions.Evaluate(new CelInputs { Object = ToElement(content), Request = ToElement(request), Unknown = unknown });
    }

    /// <summary>The outcome as a verdict, a level and a sentence; null if the webhook is called without more to say.</summary>
    public static (string Verdict, FindingLevel Level, string Message, bool IsCalled)? Describe(WebhookDescriptor webhook, CelMatchOutcome outcome)
    {
        if (outcome.Matches)
        {
            return null;
        }

        if (outcome.ExcludedBy is { } name)
        {
            return (ReviewedObject.ExcludedVerdict, FindingLevel.Note, $"the match condition {name} keeps the object from {webhook.Name}", false);
        }

        if (outcome.Unknown is [var unknown, ..])
        {
            var remedy = unknown.Path.StartsWith("request.userInfo", StringComparison.Ordinal) ? ", name the user with --user" : "";
            return ("undecided", FindingLevel.Warning, $"the match condition {unknown.Name} of {webhook.Name} depends on {unknown.Path}, which is not known without a cluster{remedy}: the webhook is called all the same", true);
        }

        return webhook.FailurePolicy == FailurePolicy.Ignore
            ? (ReviewedObject.ExcludedVerdict, FindingLevel.Warning, $"the match conditions of {webhook.Name} fail, so that the webhook is passed over: {outcome.ErrorText()}", false)
            : ("deny", FindingLevel.Error, $"the match conditions of {webhook.Name} fail: {outcome.ErrorText()}", false);
    }

    private static JsonElement ToElement(JsonObject json) =>
        JsonElement.Parse(DeepJson.Serialize(json), DeepJson.Options);
}
