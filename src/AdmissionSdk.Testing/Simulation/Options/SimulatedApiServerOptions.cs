using System.Text.Json.Nodes;
using AdmissionSdk.Cel;
using AdmissionSdk.Testing.Rules.Patching;
using AdmissionSdk.Testing.Rules.Versions;
using k8s.Models;

namespace AdmissionSdk.Testing.Simulation;

/// <summary>Options of a <see cref="SimulatedApiServer"/>: the steps of a write around admission, and the server's limits.</summary>
public sealed class SimulatedApiServerOptions
{
    /// <summary>
    /// The version of Kubernetes as which the server behaves, from 1.20 to 1.37. docs/apiserver-contract.md says from which version each rule holds.
    /// Every built-in resource is served in every version. Default 1.37, the newest known.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The version is older than 1.20, or newer than 1.37.</exception>
    public Version KubernetesVersion { get; set => field = ServerBehaviour.Check(value); } = ServerBehaviour.Newest;

    /// <summary>The most a create, update, patch or delete may take, in virtual time. Default 34 s, as in kube-apiserver.</summary>
    public TimeSpan TimeBudget { get; set; } = TimeSpan.FromSeconds(34);

    /// <summary>The number of times that an update goes through admission again, as after a write conflict, with new uids. Default 0.</summary>
    public int UpdateReplays { get; set; }

    /// <summary>The largest number of bytes that the <c>copy</c> operations of one patch may add; 0 for unlimited. Default 3 MiB.</summary>
    public long PatchCopyLimit { get; set; } = JsonPatchV4.DefaultCopyLimit;

    /// <summary>
    /// Reads an object of a built-in kind, the user's and a patched one, as the API server would: unknown fields vanish, and an exception is a
    /// wrong type, which fails the request. The result also decides whether a patch changed the object, so the delegate should leave out values that
    /// a Go struct does not tell apart, such as <c>hostNetwork: false</c>. Default null: the object stays. Not called for custom
    /// resources.
    /// </summary>
    public Func<JsonObject, JsonObject>? Decode { get; set; }

    /// <summary>Sets defaults on a new object and after every patch. Default null: only the defaults in the schema of a custom resource.</summary>
    public Action<JsonObject>? Default { get; set; }

    /// <summary>
    /// True to refuse writes into a namespace that does not exist, creations in a terminating namespace, and the deletion of default, kube-system
    /// and kube-public. Default true, as in kube-apiserver.
    /// </summary>
    public bool NamespaceLifecycle { get; set; } = true;

    /// <summary>The changes of the API server's own admission plugins, before the webhooks of each pass. Default null: no change.</summary>
    public Action<JsonObject>? MutateInTree { get; set; }

    /// <summary>
    /// Validates the object between mutation and the validating webhooks, given the new and the old object. Causes end the request with 422.
    /// Default null: only the metadata rules of the API server.
    /// </summary>
    public Func<JsonObject, JsonObject?, IEnumerable<V1StatusCause>>? Validate { get; set; }

    /// <summary>
    /// Prepares the object for the store, between mutation and validation, as the strategy of the object's kind does, such as by setting a
    /// Pod's phase. Default null: only server-set metadata. Unknown fields of a custom resource are pruned at the very end.
    /// </summary>
    public Action<JsonObject>? PrepareForStorage { get; set; }

    /// <summary>
    /// Converts an object to another apiVersion, for webhooks that match an equivalent version. Default null: only apiVersion and kind
    /// change, as with a CustomResourceDefinition of strategy None.
    /// </summary>
    public Func<JsonObject, string, JsonObject>? Convert { get; set; }

    /// <summary>
    /// Answers the checks that match conditions ask of <c>authorizer</c>, given the request (its user and groups) and the check. Default null: a
    /// webhook whose match conditions use <c>authorizer</c> is refused, since the simulator has no authorizer that could answer.
    /// </summary>
    public Func<SimulatedRequestOptions, CelAuthorizationCheck, CelAuthorizationDecision>? Authorize { get; set; }

    /// <summary>The clock of creationTimestamp and deletionTimestamp. Default the system's clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
