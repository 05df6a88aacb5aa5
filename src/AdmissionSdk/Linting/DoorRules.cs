using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Model;
using AdmissionSdk.Registration;

namespace AdmissionSdk.Linting;

/// <summary>Rules about guards with a second door: the same fields are written by another way, of which the guard is not asked. See <see cref="SecondDoors"/>.</summary>
internal static class DoorRules
{
    private const Operations Writes = Operations.Create | Operations.Update;
    private const int MostNamed = 4;

    public static IEnumerable<LintRule> All { get; } =
    [
        new(
            "ADM1011", LintSeverity.Warning, "Pods without their ephemeral containers",
            "kubectl debug adds containers through the subresource pods/ephemeralcontainers; a rule on pods does not match it (Kubernetes 1.23 and newer).",
            "add .Subresources(\"ephemeralcontainers\") to the handler of pods, with On(...) for UPDATE.",
            context =>
                from item in Open(context, [SecondDoors.EphemeralContainers], Operations.Create)
                select (item.Webhook, "it judges pods when they are created, and nothing judges the containers that are added later.")),
        new(
            "ADM1012", LintSeverity.Warning, "Deletion of pods without eviction",
            "An eviction deletes the pod without a DELETE review of it: only pods/eviction is reviewed (contract 1.10).",
            "register for the subresource too: .Resource(\"\", \"v1\", \"pods\", \"eviction\") with CREATE.",
            context =>
                from item in Open(context, [SecondDoors.Eviction], Operations.Delete)
                select (item.Webhook, "it judges the deletion of pods, and an eviction passes it by.")),
        new(
            "ADM1031", LintSeverity.Warning, "A handler that other versions do not reach",
            "The API server sends a request as it is if any rule of the webhook matches, and converts it only if none does (contract 2.8). Beside a handler of all versions, a handler of one version is not asked about requests in another, which it would be if it were alone.",
            "give the handler of one version a webhook of its own, or name the version in the other handler too.",
            context =>
                from webhook in context.Webhooks
                where webhook.MatchPolicy == MatchPolicy.Equivalent
                from item in webhook.Targets()
                where item.Target.Version != "*" && !BuiltInResources.HasOneVersion(item.Target.Group, item.Target.Resource)
                where webhook.Targets().Any(other => other.Target.Version == "*" && (other.Handler.Operations & item.Handler.Operations) != 0 && other.Target.Overlaps(item.Target))
                select (webhook.Name, $"{item.Handler.Name} is asked about {item.Target.Name()} of {item.Target.Version} only, since another handler takes all versions.")),
        new(
            "ADM1032", LintSeverity.Warning, "Pods without their resize",
            "Requests and limits of a running pod are changed through the subresource pods/resize; a rule on pods does not match it (Kubernetes 1.33 and newer).",
            "add .Subresources(\"resize\") to the handler of pods, with On(...) for UPDATE, or accept the finding if the handler looks at no resources.",
            context =>
                from item in Open(context, [SecondDoors.Resize], Writes)
                select (item.Webhook, "it judges pods, and nothing judges the requests and limits that pods/resize sets later.")),
        new(
            "ADM1033", LintSeverity.Warning, "Replicas without the scale",
            "kubectl scale and autoscalers write spec.replicas through the subresource scale, whose objects are of the kind Scale; a rule on the resource does not match it. The same holds for a custom resource whose definition has a scale subresource.",
            "handle V1Scale with .Resource(group, version, resource, \"scale\") and UPDATE, or accept the finding if the handler does not look at the replicas.",
            context => Open(context, SecondDoors.Scale, Writes).Select(item => (item.Webhook, $"it judges a resource whose replicas are also set by {item.Doors}, which nothing judges."))
                .Concat(CustomScale(context))),
        new(
            "ADM1034", LintSeverity.Warning, "Metadata that other subresources write",
            "A permission to write the status of a built-in resource mostly lets its labels, annotations and finalizers be changed too, and namespaces/finalize and pods/binding write metadata as well; a rule on the resource does not match them. Kubernetes' own components may, and whoever has the permission. The table below says which.",
            "judge the subresources too, as far as failurePolicy allows (ADM1006), or see that only Kubernetes' components may write them, and accept the finding.",
            context =>
                from item in Open(context, SecondDoors.Metadata, Writes, IsAboutMetadata)
                select (item.Webhook, $"it judges metadata, which is also written by {item.Doors}, and nothing judges that.")),
    ];

    // A Namespace is hardly more than its labels.
    private static bool IsAboutMetadata(HandlerDescriptor handler, SecondDoor door) =>
        handler.ObjectType == typeof(PartialObjectMetadata) || door is { Group: "", Resource: "namespaces" };

    /// <summary>The validating webhooks that judge a resource, with the doors to it that no validating webhook of the application stands at.</summary>
    private static IEnumerable<(string? Webhook, string Doors)> Open(
        LintContext context, IReadOnlyList<SecondDoor> doors, Operations judged, Func<HandlerDescriptor, SecondDoor, bool>? isMeant = null) =>
        from webhook in context.Validating
        let open = doors.Where(door => door.ExistsIn(context.Target.KubeVersion)
            && webhook.Handlers.Any(handler => handler.Catches(door.Group, door.Resource, "", judged) && isMeant?.Invoke(handler, door) != false)
            && !context.Validating.Any(guard => guard.Catches(door.Group, door.Resource, door.Subresource, door.Operation))).Select(door => door.Name).ToList()
        where open.Count > 0
        select ((string?)webhook.Name, open.Count <= MostNamed ? string.Join(", ", open) : $"{string.Join(", ", open.Take(MostNamed))} and {open.Count - MostNamed} more");

    private static IEnumerable<(string? Webhook, string Message)> CustomScale(LintContext context) =>
        from webhook in context.Validating
        from handler in webhook.Handlers
        where (handler.Operations & Writes) != 0 && HasReplicas(handler.ObjectType, context.Json)
        from target in handler.Resources
        where target.Subresource.Length == 0 && BuiltInResources.IsNamespaced(target.Group, target.Resource) is null
            && !context.Validating.Any(guard => guard.Catches(target.Group, target.Resource, "scale", Operations.Update))
        select ((string?)webhook.Name, $"it judges {target.Name()}, whose replicas are also set by {target.Resource}/scale if the definition has that subresource, and nothing judges that.");

    private static bool HasReplicas(Type type, JsonSerializerOptions json) =>
        KnownResources.TryGet(type) is not null && Member(type, "spec", json) is { } spec && Member(spec, "replicas", json) is not null;

    private static Type? Member(Type type, string name, JsonSerializerOptions json) =>
        json.TryGetTypeInfo(type, out var info) && info.Kind == JsonTypeInfoKind.Object
            ? info.Properties.FirstOrDefault(property => property.Name == name)?.PropertyType
            : null;
}
