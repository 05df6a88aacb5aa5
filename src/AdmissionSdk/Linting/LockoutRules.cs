using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;

namespace AdmissionSdk.Linting;

/// <summary>Rules about ways to lock oneself out of a cluster.</summary>
internal static class LockoutRules
{
    // A pod of the webhook comes back only if these can be written.
    private static readonly (string Group, string Resource, string Subresource, Operations Operations)[] ToComeBack =
    [
        ("", "pods", "", Operations.Create), ("", "pods", "binding", Operations.Create), ("", "pods", "status", Operations.Update),
        ("", "secrets", "", Operations.Create | Operations.Update), ("", "serviceaccounts", "token", Operations.Create),
        ("apps", "replicasets", "", Operations.Create | Operations.Update), ("apps", "deployments", "", Operations.Create | Operations.Update),
        ("", "endpoints", "", Operations.Create | Operations.Update), ("discovery.k8s.io", "endpointslices", "", Operations.Create | Operations.Update),
    ];

    // A node joins, and pods get volumes, only if these can be written.
    private static readonly (string Group, string Resource)[] OfNodes =
    [
        ("", "nodes"), ("certificates.k8s.io", "certificatesigningrequests"), ("storage.k8s.io", "csinodes"), ("storage.k8s.io", "volumeattachments"), ("", "persistentvolumes"),
    ];

    private static readonly (string Group, string Resource)[] Heartbeats =
        [("coordination.k8s.io", "leases"), ("", "events"), ("events.k8s.io", "events")];

    public static IEnumerable<LintRule> All { get; } =
    [
        new(
            "ADM1002", LintSeverity.Error, "All resources of all groups",
            "A rule on every group and resource also catches leases, with which components stay leaders, and up to Kubernetes 1.36 TokenReviews and SubjectAccessReviews, with which the API server and its components check access. When the webhook is slow or gone, so is the control plane.",
            "name the groups and resources that the handler needs.",
            context =>
                from webhook in context.Webhooks
                where webhook.Targets().Any(item => IsEverything(item.Target) && (item.Handler.Operations & Writes) != 0)
                select (webhook.Name, $"it is registered for every resource of every group, {(context.SendsAccessReviews ? "SubjectAccessReviews and leases" : "leases")} among them.")),
        new(
            "ADM1003", LintSeverity.Error, "A webhook without an exemption that blocks its own recovery",
            "When all replicas are down, a webhook under failurePolicy Fail refuses the very pods that would bring it back, in its own namespace and in kube-system. Only deleting the configuration by hand helps then.",
            "take WithoutDefaultExemptions() away, or exempt the namespaces by a selector, or choose FailurePolicy.Ignore.",
            context =>
                from webhook in context.Closed
                let open = new[] { context.Target.Namespace, NamespaceExemptions.SystemNamespace }.Where(name => !NamespaceMatch.Exempts(webhook, context.Target, name)).Distinct().ToList()
                where open.Count > 0
                let caught = ToComeBack.FirstOrDefault(item => webhook.Catches(item.Group, item.Resource, item.Subresource, item.Operations))
                where caught.Resource is not null
                select (webhook.Name, $"it fails closed, and catches {caught.Resource}{(caught.Subresource.Length == 0 ? "" : "/" + caught.Subresource)} in {string.Join(" and ", open)}.")),
        new(
            "ADM1004", LintSeverity.Error, "The exemption cannot exist on this Kubernetes",
            "API servers before 1.21 do not set the label kubernetes.io/metadata.name on namespaces, and NotIn matches where the label is missing: the generated exemption exempts nothing.",
            "set the label on kube-system and on the webhook's namespace yourself, or use Kubernetes 1.21 or newer.",
            context =>
                from webhook in context.Closed
                where (webhook.HasDefaultExemptions || webhook.ExemptNamespaces.Count > 0) && context.Target.KubeVersion < new Version(1, 21)
                select (webhook.Name, $"it fails closed, and on Kubernetes {context.Target.KubeVersion} its exemption of namespaces by name has no effect.")),
        new(
            "ADM1005", LintSeverity.Error, "Heartbeats behind a webhook that fails closed",
            "Nodes report with leases that they live, and leaders stay leaders by leases, which are written every few seconds, in namespaces that are not exempt. A webhook that is down for 40 seconds makes every node NotReady.",
            "leave leases and events out, or choose FailurePolicy.Ignore.",
            context =>
                from webhook in context.Closed
                let caught = Heartbeats.FirstOrDefault(item => webhook.Catches(item.Group, item.Resource, "", Operations.Create | Operations.Update))
                where caught.Resource is not null
                select (webhook.Name, $"it fails closed and catches {caught.Resource}.")),
        new(
            "ADM1006", LintSeverity.Warning, "Status updates behind a webhook that fails closed",
            "The status of pods and nodes is written by kubelets and controllers, all the time. While the webhook is down the cluster does not learn which pods run and which died.",
            "register for the resource without /* and /status, or choose FailurePolicy.Ignore.",
            context =>
                from webhook in context.Closed
                let target = webhook.Targets().FirstOrDefault(item => item.Target.Subresource is "*" or "status" && item.Handler.Operations.HasFlag(Operations.Update)).Target
                where target is not null
                select (webhook.Name, $"it fails closed and catches updates of {target.Name()}, status among them.")),
        new(
            "ADM1007", LintSeverity.Warning, "An address that depends on the cluster, or on nothing",
            "The API server resolves a url outside the cluster's DNS, so an in-cluster name does not resolve; localhost is the machine of the API server.",
            "use a Service rather than a url, or a name that resolves outside the cluster.",
            context => context.Target.Url is { } url
                && (url.IsLoopback || url.Host.EndsWith(".svc", StringComparison.OrdinalIgnoreCase) || url.Host.EndsWith(".cluster.local", StringComparison.OrdinalIgnoreCase))
                    ? [(null, $"the url is {url}.")]
                    : []),
        new(
            "ADM1026", LintSeverity.Error, "Checks of access behind a webhook that fails closed",
            "Kubelets, aggregated API servers and operators check identity and access with TokenReviews and SubjectAccessReviews, which have no namespace that could be exempt. While the webhook is down every check fails: no logs, no exec, no metrics. Kubernetes 1.37 sends them to no webhook (ADM1023); older versions do.",
            "leave authentication.k8s.io and authorization.k8s.io out, or choose FailurePolicy.Ignore.",
            context =>
                from webhook in context.Closed
                where context.SendsAccessReviews
                let caught = webhook.Targets().FirstOrDefault(item => !IsEverything(item.Target) && item.Handler.Operations.HasFlag(Operations.Create) && BuiltInResources.IsAccessReview(item.Target)).Target
                where caught is not null
                select (webhook.Name, $"it fails closed and catches {caught.Name()}.")),
        new(
            "ADM1027", LintSeverity.Warning, "Resources of nodes behind a webhook that fails closed",
            "A namespaceSelector never exempts an object without a namespace (contract 2.4). While the webhook is down no node can join and no volume can be attached, not even for the webhook's own pods.",
            "exclude the cluster's own requests with a match condition, such as !('system:nodes' in request.userInfo.groups), or choose FailurePolicy.Ignore.",
            context =>
                from webhook in context.Closed
                where webhook.MatchConditions.Count == 0 && !webhook.Targets().Any(item => IsEverything(item.Target))
                let caught = OfNodes.FirstOrDefault(item => webhook.Catches(item.Group, item.Resource, "", Writes))
                where caught.Resource is not null
                select (webhook.Name, $"it fails closed and catches {caught.Resource}, which no exemption of namespaces leaves out.")),
    ];

    private const Operations Writes = Operations.Create | Operations.Update;

    private static bool IsEverything(ResourceTarget target) => target is { Group: "*", Resource: "*", Subresource: "" or "*" };
}
