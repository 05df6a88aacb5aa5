using AdmissionSdk.Manifests;
using AdmissionSdk.Model;

namespace AdmissionSdk.Linting;

/// <summary>Rules about registrations that never match, or do not fit their type.</summary>
internal static class TypeRules
{
    // Subresources whose objects have a kind of their own on every resource.
    private static readonly HashSet<string> OtherKinds = new(StringComparer.Ordinal)
    {
        "*", "attach", "binding", "eviction", "exec", "portforward", "proxy", "scale", "token",
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
            "A non-nullable number or bool reads as 0 or false when the object lacks the field. A handler cannot tell the two apart, and setting the member to 0 or false is not an edit, so the API server's default wins.",
            "make the member nullable, or write it with context.Patch.",
            context =>
                from webhook in context.Mutating
                from type in webhook.Handlers.Select(handler => handler.ObjectType).Distinct()
                let members = OptionalMembers.Find(type, context.Json)
                where members.Count > 0
                select (webhook.Name, $"{type.Name} has optional members that are not nullable: {string.Join(", ", members)}.")),
        new(
            "ADM1023", LintSeverity.Error, "Objects that no webhook is called for",
            "The API server calls no webhook for webhook configurations and admission policies, lest one lock out its own removal (contract 1.5), and from Kubernetes 1.37 on none for TokenReviews, SubjectAccessReviews and their like (contract 1.6): the rule is taken, and the handler never called.",
            "use a ValidatingAdmissionPolicy, RBAC, or static manifests for configurations and policies; an authorization webhook for checks of access; for older clusters say --kube-version.",
            context =>
                from webhook in context.Webhooks
                 let targets = webhook.Targets().Select(item => item.Target).Distinct().ToList()
                 let configurations = targets.Where(target => !context.Target.StaticManifests && target.Group == "admissionregistration.k8s.io" && NeverReviewed.Contains(target.Resource))
                     .Select(target => target.Name()).Distinct().ToList()
                 let messages = targets.Where(target => !context.SendsAccessReviews && BuiltInResources.IsAccessReview(target))
                     .Select(target => $"Kubernetes {context.Target.KubeVersion} never calls it for {target.Name()}.")
                 from message in configurations.Count == 0
                     ? messages
                     : messages.Prepend($"it is registered for {string.Join(", ", configurations)}, which the API server never sends to webhooks.")
                 select (webhook.Name, message)),
        new(
            "ADM1024", LintSeverity.Error, "A scope that the resource does not have",
            "A rule with the scope Namespaced never matches a resource without a namespace, nor one with the scope Cluster a resource in one; Namespaces themselves count as cluster-scoped (contract 2.3).",
            "take Scope(...) away, or use the other scope.",
            context =>
                from webhook in context.Webhooks
                from item in webhook.Targets()
                where BuiltInResources.IsNamespaced(item.Target.Group, item.Target.Resource) is { } isNamespaced
                    && item.Handler.Scope == (isNamespaced ? ResourceScope.Cluster : ResourceScope.Namespaced)
                select (webhook.Name, $"its rule for {item.Target.Name()} has the scope {item.Handler.Scope}, so it never matches.")),
        new(
            "ADM1025", LintSeverity.Warning, "Subresources whose objects are of another type",
            "The objects of pods/eviction, pods/binding and pods/exec, which pods/* catches too, are not pods: the handler cannot read such objects, and OnUndecodable decides.",
            "name the subresources that have the handler's type, or handle JsonObject.",
            context =>
                from webhook in context.Webhooks
                from item in webhook.Targets()
                where OtherKinds.Contains(item.Target.Subresource) && KnownResources.TryGet(item.Handler.ObjectType) is { Subresource: "" } own
                    && (item.Target.Subresource == "*" || (own.Group == item.Target.Group && own.Resource == item.Target.Resource))
                select (webhook.Name, $"{item.Handler.Name} reads every object of {item.Target.Name()} as {item.Handler.ObjectType.Name}.")),
        new(
            "ADM1028", LintSeverity.Warning, "A resource that Kubernetes does not have",
            "The API server takes a rule for a resource that does not exist, and never calls the webhook by that rule: a slip such as pod for pods makes a guard that guards nothing.",
            "spell the resource as kubectl api-resources does.",
            context =>
                from webhook in context.Webhooks
                from target in webhook.Targets().Select(item => item.Target).Distinct()
                where BuiltInResources.IsMissing(target.Group, target.Resource, target.Subresource)
                select (webhook.Name, $"Kubernetes has no {target.Name()}, as far as {ManifestOptions.NewestKubeVersion}.")),
        new(
            "ADM1030", LintSeverity.Warning, "An accepted finding that does not exist",
            "AcceptLint with an id that no rule has accepts nothing, and the intended finding is still reported.",
            "write the id as lint prints it, or take AcceptLint away.",
            context =>
                from webhook in context.Webhooks
                from id in webhook.AcceptedFindings.Keys
                where AdmissionLint.Rules.All(rule => rule.Id != id)
                select (webhook.Name, $"it accepts {id}, and no rule has this id.")),
    ];
}
