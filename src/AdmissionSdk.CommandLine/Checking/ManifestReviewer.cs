using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.CommandLine.Yaml;
using AdmissionSdk.Patching;
using AdmissionSdk.Registration;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>Takes an object through the application's mutating webhooks and then through the validating webhooks, as a CREATE would.</summary>
internal sealed class ManifestReviewer(WebhookRegistry registry, ManifestWebhookCaller caller, ReviewFacts facts, GivenObjects given)
{
    // Aliases can make a giant object of a small file.
    private const int MostNodes = 10_000_000;


    private static readonly string[] TypeKeys = ["apiVersion", "kind"];

    private readonly ManifestConditions _conditions = new(facts);

    private YamlNode? _document;
    private int _nodes;

    /// <exception cref="YamlReadException">The object that kubectl would send is not certain.</exception>
    public async Task<ReviewedObject> ReviewAsync(ManifestObject item, CancellationToken cancellationToken)
    {
        var reviewed = new ReviewedObject(item);
        var target = CreateTarget(item);
        var mutating = Claims.FindAll(registry, WebhookType.Mutating, target).ToList();
        var validating = Claims.FindAll(registry, WebhookType.Validating, target).ToList();
        reviewed.IsClaimed = mutating.Count + validating.Count > 0;
        if (!reviewed.IsClaimed)
        {
            return reviewed;
        }

        var content = Read(item);
        content["apiVersion"] ??= item.ApiVersion;
        content["kind"] ??= item.Kind;
        var addsNamespace = target.Namespace.Length > 0 && AddNamespace(content, target.Namespace);
        foreach (var claim in mutating)
        {
            if (await CallAsync(claim, target, content, reviewed, cancellationToken) is { } patched)
            {
                content = patched;
                reviewed.Result = patched;
            }

            if (reviewed.IsStopped)
            {
                // A refused request keeps no change of an earlier webhook.
                reviewed.Result = null;
                return reviewed;
            }
        }

        foreach (var claim in validating)
        {
            await CallAsync(claim, target, content, reviewed, cancellationToken);
        }

        if (reviewed.Result is { } result)
        {
            RemoveAdditions(item, result, addsNamespace ? target.Namespace : null);
        }

        return reviewed;
    }

    private JsonObject Read(ManifestObject item)
    {
        var content = YamlJson.Convert(item.Node, out var count);
        (_document, _nodes) = (item.Root, ReferenceEquals(_document, item.Root) ? _nodes + count : count);
        return _nodes <= MostNodes ? content : throw new YamlReadException($"more than {MostNodes} nodes in one document", item.Node.Line, item.Node.Column);
    }

    private ReviewTarget CreateTarget(ManifestObject item)
    {
        var version = item.ApiVersion[(item.ApiVersion.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var name = Claims.IsClusterScoped(registry, item.Group, item.Kind) ? "" : item.Namespace ?? facts.Namespace;

        // A Namespace is matched by its own labels (contract 2.4).
        var labels = name.Length > 0 ? given.FindLabels(name) : item is { Group: "", Kind: "Namespace" } ? Claims.ReadLabels(item.Node) : null;
        return new ReviewTarget(item, item.Group, version, name) { NamespaceLabels = labels };
    }

    // Returns the patched object; null without a patch.
    private async Task<JsonObject?> CallAsync(Claim claim, ReviewTarget target, JsonObject content, ReviewedObject reviewed, CancellationToken cancellationToken)
    {
        var (item, webhook) = (target.Object, claim.Webhook);
        if (claim.OtherVersion is { } version)
        {
            reviewed.Findings.Add(CreateFinding(
                item, item.Node, FindingLevel.Warning, ReviewedObject.SkippedVerdict, webhook.Name, $"{webhook.Name} would see this converted to version {version}, which only an API server can do: the webhook is not called"));
            return null;
        }

        var review = ManifestReviewWriter.Write(target, claim.Resource, content, facts);
        if (!IsMatched(webhook, item, review, reviewed))
        {
            return null;
        }

        reviewed.WasCalled = true;
        var verdict = await caller.CallAsync(webhook.Name, webhook.Path, review, cancellationToken);
        if (given.TakeUnknown() is [var reason, ..] && verdict.Failure is null)
        {
            // A decision that follows from an unknown answer may be another decision in the cluster.
            reviewed.Failures.Add((item.Node.Line, item.Node.Column, $"{item.Title}: {webhook.Name} decided without knowing: {reason}"));
            reviewed.IsStopped |= webhook.Type == WebhookType.Mutating;
        }

        foreach (var warning in verdict.Warnings)
        {
            reviewed.Findings.Add(CreateFinding(item, item.Node, FindingLevel.Warning, "warn", webhook.Name, warning));
        }

        if (verdict.Failure is { } failure)
        {
            reviewed.Failures.Add((item.Node.Line, item.Node.Column, $"{item.Title}: {failure}"));
            reviewed.IsStopped |= webhook.Type == WebhookType.Mutating;
            return null;
        }

        if (!verdict.Allowed)
        {
            var place = verdict.Fields is [var field, ..] ? FieldPlaces.FindByField(item.Node, field) : item.Node;
            reviewed.Findings.Add(CreateFinding(item, place, FindingLevel.Error, "deny", webhook.Name, verdict.Message));
            reviewed.IsStopped |= webhook.Type == WebhookType.Mutating;
            return null;
        }

        return verdict.Patch is { Operations.Count: > 0 } patch ? ApplyPatch(webhook, item, content, patch, reviewed) : null;
    }

    // Reports what the match conditions say; true if the webhook is called.
    private bool IsMatched(WebhookDescriptor webhook, ManifestObject item, byte[] review, ReviewedObject reviewed)
    {
        if (webhook.MatchConditions.Count == 0 || ManifestConditions.Describe(webhook, _conditions.Evaluate(webhook, review)) is not var (verdict, level, message, isCalled))
        {
            return true;
        }

        reviewed.Findings.Add(CreateFinding(item, item.Node, level, verdict, webhook.Name, message));
        var isDenied = level == FindingLevel.Error;
        reviewed.WasCalled |= isDenied;
        reviewed.IsStopped |= isDenied && webhook.Type == WebhookType.Mutating;
        return isCalled;
    }

    private static JsonObject ApplyPatch(WebhookDescriptor webhook, ManifestObject item, JsonObject content, JsonPatch patch, ReviewedObject reviewed)
    {
        foreach (var operation in patch.Operations)
        {
            var place = FieldPlaces.FindByPointer(item.Node, operation.Path);
            var value = operation.Value is { } json ? $" = {json.GetRawText()}" : "";
            reviewed.Findings.Add(CreateFinding(item, place, FindingLevel.Note, "patch", webhook.Name, $"{operation.Op} {FieldPlaces.ToReadable(operation.Path)}{value}"));
        }

        return DeepJson.ParseObject(patch.Apply(DeepJson.Serialize(content)));
    }

    private static Finding CreateFinding(ManifestObject item, YamlNode place, FindingLevel level, string verdict, string rule, string message) => new()
    {
        File = item.File,
        Line = place.Line,
        Column = place.Column,
        Level = level,
        Verdict = verdict,
        Rule = rule,
        Subject = item.Title,
        Message = message,
    };

    // The API server adds the namespace of the request before admission.
    private static bool AddNamespace(JsonObject content, string name)
    {
        if (content["metadata"] is null)
        {
            content["metadata"] = new JsonObject();
        }

        if (content["metadata"] is not JsonObject metadata || metadata["namespace"] is not null)
        {
            return false;
        }

        metadata["namespace"] = name;
        return true;
    }

    // Fields that kubectl or the API server adds are not written into the manifest.
    private static void RemoveAdditions(ManifestObject item, JsonObject result, string? name)
    {
        foreach (var key in TypeKeys.Where(key => item.Node.Find(key) is null))
        {
            result.Remove(key);
        }

        if (name is not null && result["metadata"] is JsonObject metadata && metadata["namespace"] is JsonValue value && value.TryGetValue(out string? same) && same == name)
        {
            metadata.Remove("namespace");
            if (metadata.Count == 0 && item.Node.Find("metadata") is null)
            {
                result.Remove("metadata");
            }
        }
    }
}
