namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>A kind that scenarios use, with its path in the API.</summary>
internal sealed record KindInfo(string ApiVersion, string Kind, string Plural, bool Namespaced)
{
    public static KindInfo ConfigMap { get; } = new("v1", "ConfigMap", "configmaps", true);

    public static KindInfo Pod { get; } = new("v1", "Pod", "pods", true);

    public static KindInfo Namespace { get; } = new("v1", "Namespace", "namespaces", false);

    public static KindInfo Node { get; } = new("v1", "Node", "nodes", false);

    public static KindInfo Service { get; } = new("v1", "Service", "services", true);

    public static KindInfo ServiceAccount { get; } = new("v1", "ServiceAccount", "serviceaccounts", true);

    public static KindInfo Lease { get; } = new("coordination.k8s.io/v1", "Lease", "leases", true);

    public static KindInfo ClusterRole { get; } = new("rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles", false);

    public static KindInfo AccessReview { get; } = new("authorization.k8s.io/v1", "SelfSubjectAccessReview", "selfsubjectaccessreviews", false);

    public static KindInfo TokenReview { get; } = new("authentication.k8s.io/v1", "TokenReview", "tokenreviews", false);

    public static KindInfo WebhookConfiguration { get; } = new("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations", false);

    /// <summary>Our custom resource: defaults, a status and a scale subresource, two served versions.</summary>
    public static KindInfo Widget { get; } = new("agreement.example.com/v1", "Widget", "widgets", true);

    public static KindInfo WidgetBeta { get; } = Widget with { ApiVersion = "agreement.example.com/v1beta1" };

    public string Group => ApiVersion.Split('/') is [var group, _] ? group : "";

    public string Qualified => Group.Length == 0 ? Plural : $"{Plural}.{ApiVersion.Split('/')[1]}.{Group}";

    public string Path(string @namespace) => (Group.Length == 0 ? "/api/v1" : $"/apis/{ApiVersion}") + (Namespaced ? $"/namespaces/{@namespace}" : "") + $"/{Plural}";
}
