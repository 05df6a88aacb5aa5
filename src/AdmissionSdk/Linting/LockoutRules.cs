using AdmissionSdk.Registration;

namespace AdmissionSdk.Linting;

/// <summary>Ways to lock oneself out of a cluster.</summary>
internal static class LockoutRules
{
    // What it takes for a pod of the webhook to come back.
    private static readonly (string Group, string Resource, string SubResource)[] ToComeBack =
    [
        ("", "pods", ""), ("", "pods", "binding"), ("", "pods", "status"), ("", "secrets", ""), ("", "serviceaccounts", "token"),
        ("apps", "replicasets", ""), ("apps", "deployments", ""), ("", "endpoints", ""), ("discovery.k8s.io", "endpointslices", ""),
    ];

    private static readonly (string Group, string Resource)[] Heartbeats =
        [("coordination.k8s.io", "leases"), ("", "events"), ("events.k8s.io", "events")];

    public static IEnumerable<LintRule> All { get; } =
    [
        new(
            "ADM1002", LintSeverity.Error, "All resources of all groups",
            "A rule on every group and resource also catches TokenReviews and SubjectAccessReviews, with which the API server and its components ask who may do what, and leases, with which they stay leaders. When the webhook is slow or gone, so is the control plane.",
            "name the groups and resources that the handler is about.",
            context =>
                from webhook in context.Webhooks
                where webhook.Targets().Any(item => item.Target is { Group: "*", Resource: "*" })
                select (webhook.Name, "it is registered for every resource of every group, SubjectAccessReviews and leases among them.")),
        new(
            "ADM1003", LintSeverity.Error, "No exemption, and failing closed on what it needs to come back",
            "When all replicas are down, a webhook under failurePolicy Fail refuses the very pods that would bring it back, in its own namespace and in kube-system. Only deleting the configuration by hand helps then.",
            "take WithoutDefaultExemptions() away, or exempt the namespaces by a selector, or choose FailurePolicy.Ignore.",
            context =>
                from webhook in context.Closed
                where !webhook.HasDefaultExemptions && !ExemptsItself(webhook, context)
                let caught = ToComeBack.FirstOrDefault(item => webhook.Catches(item.Group, item.Resource, item.SubResource))
                where caught.Resource is not null
                select (webhook.Name, $"it fails closed, exempts neither its own namespace nor kube-system, and catches {caught.Resource}{(caught.SubResource.Length == 0 ? "" : "/" + caught.SubResource)}.")),
        new(
            "ADM1004", LintSeverity.Error, "The exemption cannot exist on this Kubernetes",
            "API servers before 1.21 do not set the label kubernetes.io/metadata.name on namespaces, and NotIn matches where the label is missing: the generated exemption exempts nothing.",
            "set the label on kube-system and on the webhook's namespace yourself, or use Kubernetes 1.21 or newer.",
            context =>
                from webhook in context.Closed
                where webhook.HasDefaultExemptions && context.Target.KubeVersion < new Version(1, 21)
                select (webhook.Name, $"it fails closed, and on Kubernetes {context.Target.KubeVersion} its exemption of namespaces by name has no effect.")),
        new(
            "ADM1005", LintSeverity.Error, "Heartbeats behind a webhook that fails closed",
            "Leases are how nodes say they live and how leaders stay leaders; they are written every few seconds, in namespaces that are not exempt. A webhook that is down for 40 seconds makes every node NotReady.",
            "leave leases and events out, or choose FailurePolicy.Ignore.",
            context =>
                from webhook in context.Closed
                let caught = Heartbeats.FirstOrDefault(item => webhook.Catches(item.Group, item.Resource, "", Operations.Create | Operations.Update))
                where caught.Resource is not null
                select (webhook.Name, $"it fails closed and catches {caught.Resource}.")),
        new(
            "ADM1006", LintSeverity.Warning, "Status updates behind a webhook that fails closed",
            "The status of pods and nodes is written by kubelets and controllers, all the time. While the webhook is down the cluster does not learn what runs and what died.",
            "register for the resource without /* and /status, or choose FailurePolicy.Ignore.",
            context =>
                from webhook in context.Closed
                let target = webhook.Targets().Select(item => item.Target).FirstOrDefault(target => target.SubResource is "*" or "status")
                where target is not null && webhook.Handlers.Any(handler => handler.Operations.HasFlag(Operations.Update))
                select (webhook.Name, $"it fails closed and catches updates of {target.Name()}, status among them.")),
        new(
            "ADM1007", LintSeverity.Warning, "An address that depends on the cluster, or on nothing",
            "The API server resolves a url outside the cluster's DNS, so an in-cluster name does not resolve; localhost is whatever machine the API server runs on.",
            "use a Service instead of a url, or a name that resolves outside the cluster.",
            context => context.Target.Url is { } url
                && (url.IsLoopback || url.Host.EndsWith(".svc", StringComparison.OrdinalIgnoreCase) || url.Host.EndsWith(".cluster.local", StringComparison.OrdinalIgnoreCase))
                    ? [(null, $"the url is {url}.")]
                    : []),
    ];

    private static bool ExemptsItself(WebhookDescriptor webhook, LintContext context)
    {
        string[] needed = [context.Target.Namespace, Manifests.NamespaceExemptions.SystemNamespace];
        return needed.All(name => webhook.ExemptNamespaces.Contains(name, StringComparer.Ordinal)) || webhook.NamespaceSelector is not null;
    }
}
