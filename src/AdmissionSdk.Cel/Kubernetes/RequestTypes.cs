using AdmissionSdk.Cel.Checking;
using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Kubernetes;

/// <summary>The types of <c>request</c> and <c>namespaceObject</c> (contract 3.1).</summary>
internal static class RequestTypes
{
    public const string Request = "kubernetes.AdmissionRequest";
    public const string Namespace = "kubernetes.Namespace";

    public static IReadOnlyList<StructDeclaration> All { get; } =
    [
        Struct("kubernetes.GroupVersionKind", "group: string", "version: string", "kind: string"),
        Struct("kubernetes.GroupVersionResource", "group: string", "version: string", "resource: string"),
        Struct("kubernetes.UserInfo", "username: string", "uid: string", "groups: list<string>", "extra: map<string, list<string>>"),
        Struct(
            Request,
            "kind: kubernetes.GroupVersionKind",
            "resource: kubernetes.GroupVersionResource",
            "subResource: string",
            "requestKind: kubernetes.GroupVersionKind",
            "requestResource: kubernetes.GroupVersionResource",
            "requestSubResource: string",
            "name: string",
            "namespace: string",
            "operation: string",
            "userInfo: kubernetes.UserInfo",
            "dryRun: bool",
            "options: dyn"),
        Struct("kubernetes.NamespaceSpec", "finalizers: list<string>"),
        Struct("kubernetes.NamespaceCondition", "status: string", "type: string", "lastTransitionTime: timestamp", "message: string", "reason: string"),
        Struct("kubernetes.NamespaceStatus", "conditions: list<kubernetes.NamespaceCondition>", "phase: string"),
        Struct(
            "kubernetes.NamespaceMetadata",
            "name: string",
            "generateName: string",
            "namespace: string",
            "labels: map<string, string>",
            "annotations: map<string, string>",
            "UID: string",
            "creationTimestamp: timestamp",
            "deletionGracePeriodSeconds: int",
            "deletionTimestamp: timestamp",
            "generation: int",
            "resourceVersion: string",
            "finalizers: list<string>"),
        Struct(Namespace, "metadata: kubernetes.NamespaceMetadata", "spec: kubernetes.NamespaceSpec", "status: kubernetes.NamespaceStatus"),
    ];

    public static CelType TypeOf(string structName) => CelType.StructOf(structName);

    private static StructDeclaration Struct(string name, params string[] fields) =>
        new(name, fields.Select(field => field.Split(": ", 2)).ToDictionary(parts => parts[0], parts => TypeText.Parse(parts[1]), StringComparer.Ordinal));
}
