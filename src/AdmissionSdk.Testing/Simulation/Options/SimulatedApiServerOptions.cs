using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Patching;
using k8s.Models;

namespace AdmissionSdk.Testing.Simulation;

/// <summary>How a <see cref="SimulatedApiServer"/> does the steps of a write that admission does not own, and its limits.</summary>
public sealed class SimulatedApiServerOptions
{
    /// <summary>The most a create, update, patch or delete may take, in virtual time. Default 34 s, as in kube-apiserver.</summary>
    public TimeSpan TimeBudget { get; set; } = TimeSpan.FromSeconds(34);

    /// <summary>How often an update goes through admission again, as after a write conflict, with new uids. Default 0.</summary>
    public int UpdateReplays { get; set; }

    /// <summary>The bytes that the <c>copy</c> operations of one patch may add; 0 is no limit. Default 3 MiB.</summary>
    public long PatchCopyLimit { get; set; } = JsonPatchV4.DefaultCopyLimit;

    /// <summary>
    /// Reads an object of a built-in kind as the API server would, the user's and a patched one: unknown fields vanish, and an exception is a
    /// wrong type, which fails the request. What it leaves is also what "the patch changed something" is decided by, so it should leave out what
    /// a Go struct does not tell apart, such as <c>hostNetwork: false</c>. Default null: the object stays as it is. Not asked for custom
    /// resources.
    /// </summary>
    public Func<JsonObject, JsonObject>? Decode { get; set; }

    /// <summary>Sets defaults on a new object and after every patch. Default null: none, save those in the schema of a custom resource.</summary>
    public Action<JsonObject>? Default { get; set; }

    /// <summary>
    /// Whether nothing can be written into a namespace that does not exist, or be created in one that is terminating, and default, kube-system
    /// and kube-public cannot be deleted. Default true, as in kube-apiserver.
    /// </summary>
    public bool NamespaceLifecycle { get; set; } = true;

    /// <summary>What the API server's own admission plugins change, before the webhooks of each pass. Default null: nothing.</summary>
    public Action<JsonObject>? MutateInTree { get; set; }

    /// <summary>
    /// Validates the object between mutation and the validating webhooks, given the new and the old object; causes make it a 422.
    /// Default null: only the metadata rules of the API server.
    /// </summary>
    public Func<JsonObject, JsonObject?, IEnumerable<V1StatusCause>>? Validate { get; set; }

    /// <summary>
    /// Prepares the object for the store, after mutation and before it is validated, as the strategy of its kind does, such as by setting a
    /// Pod's phase. Default null: only server-set metadata. Of a custom resource what its schema does not know is pruned at the very end.
    /// </summary>
    public Action<JsonObject>? PrepareForStorage { get; set; }

    /// <summary>
    /// Converts an object to another apiVersion, for webhooks that match an equivalent version. Default null: only apiVersion and kind
    /// change, as with a CustomResourceDefinition of strategy None.
    /// </summary>
    public Func<JsonObject, string, JsonObject>? Convert { get; set; }

    /// <summary>Evaluates matchConditions. Default null: a webhook that has some is refused.</summary>
    public IMatchConditionEvaluator? MatchConditions { get; set; }

    /// <summary>The time that creationTimestamp and deletionTimestamp show. Default the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
