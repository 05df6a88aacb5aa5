using AdmissionSdk.Registration;

namespace AdmissionSdk.Linting;

/// <summary>Registrations that never match, or do not fit their type.</summary>
internal static class TypeRules
{
    private static readonly HashSet<string> ClusterScoped = new(StringComparer.Ordinal)
    {
        "/namespaces", "/nodes", "/persistentvolumes", "rbac.authorization.k8s.io/clusterroles", "rbac.authorization.k8s.io/clusterrolebindings",
        "storage.k8s.io/storageclasses", "scheduling.k8s.io/priorityclasses", "networking.k8s.io/ingressclasses",
        "apiextensions.k8s.io/customresourcedefinitions", "certificates.k8s.io/certificatesigningrequests", "apiregistration.k8s.io/apiservices",
    };

    private static readonly HashSet<string> NeverReviewed = new(StringComparer.Ordinal)
    {
        "mutatingwebhookconfigurations", "validatingwebhookconfigurations", "mutatingadmissionpolicies", "mutatingadmissionpolicybindings",
        "validatingadmissionpolicies", "validatingadmissionpolicybindings",
    };

    public static IEnumerable<LintRule> All { get; } =
    [
        new(
            "ADM1022", LintSeverity.Warning, "Optional members that cannot be absent",
            "A non-nullable number or bool reads as 0 or false when the object lacks the field. A handler cannot tell, and setting it to 0 or false is no edit, so the API server's default wins.",
            "make the member nullable, or write it with context.Patch.",
            context =>
                from webhook in context.Mutating
                from type in webhook.Handlers.Select(handler => handler.ObjectType).Distinct()
                let members = OptionalMembers.Find(type, context.Json)
                where members.Count > 0
                select (webhook.Name, $"{type.Name} has optional members that are not nullable: {string.Join(", ", members)}.")),
        new(
            "ADM1023", LintSeverity.Error, "Objects that no webhook is called for",
            "The API server calls no webhook for webhook configurations and admission policies, lest one lock out its own removal (contract 1.5).",
            "use a ValidatingAdmissionPolicy, RBAC, or static manifests.",
            context =>
                from webhook in context.Webhooks
                where !context.Target.StaticManifests
                let targets = webhook.Targets().Select(item => item.Target).ToList()
                where targets.Count > 0 && targets.All(target => target.Group == "admissionregistration.k8s.io" && NeverReviewed.Contains(target.Resource))
                select (webhook.Name, "it is registered only for objects that the API server never sends to webhooks.")),
        new(
            "ADM1024", LintSeverity.Error, "A scope that the resource does not have",
            "A rule with the scope Namespaced never matches a cluster-scoped resource; Namespaces themselves count as cluster-scoped (contract 2.3).",
            "take Scope(...) away, or use ResourceScope.Cluster.",
            context =>
                from webhook in context.Webhooks
                from item in webhook.Targets()
                where item.Handler.Scope == ResourceScope.Namespaced && ClusterScoped.Contains($"{item.Target.Group}/{item.Target.Resource}")
                select (webhook.Name, $"its rule for {item.Target.Name()} is Namespaced, so it never matches.")),
        new(
            "ADM1025", LintSeverity.Warning, "Subresources whose objects are of another type",
            "pods/* also catches pods/eviction, pods/binding and pods/exec, whose objects are no pods: the handler cannot read them, and OnUndecodable decides.",
            "name the subresources that have the handler's type, or handle JsonObject.",
            context =>
                from webhook in context.Webhooks
                from item in webhook.Targets()
                where item.Target.SubResource == "*" && KnownResources.TryGet(item.Handler.ObjectType) is not null
                select (webhook.Name, $"{item.Handler.Name} reads every object of {item.Target.Name()} as {item.Handler.ObjectType.Name}.")),
    ];
}
