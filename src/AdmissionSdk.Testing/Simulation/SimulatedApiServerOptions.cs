using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Simulation.Patching;
using k8s.Models;

namespace AdmissionSdk.Testing.Simulation;

/// <summary>How a <see cref="SimulatedApiServer"/> does the steps of a write that admission does not own, and its limits.</summary>
public sealed class SimulatedApiServerOptions
{
    /// <summary>The most a create, update, patch or delete may take, in virtual time. Default 34 s, as in kube-apiserver.</summary>
    public TimeSpan TimeBudget { get; init; } = TimeSpan.FromSeconds(34);

    /// <summary>How often an update goes through admission again, as after a write conflict, with new uids. Default 0.</summary>
    public int UpdateReplays { get; init; }

    /// <summary>The bytes that the <c>copy</c> operations of one patch may add; 0 is no limit. Default 3 MiB.</summary>
    public long PatchCopyLimit { get; init; } = JsonPatchV4.DefaultCopyLimit;

    /// <summary>
    /// Reads a patched object of a built-in kind as the API server would: unknown fields vanish, and an exception is a wrong type,
    /// which fails the request. Default null: the object stays as it is. Not asked for custom resources.
    /// </summary>
    public Func<JsonObject, JsonObject>? Decode { get; init; }

    /// <summary>Sets defaults on a new object and after every patch. Default null: none, save those in the schema of a custom resource.</summary>
    public Action<JsonObject>? Default { get; init; }

    /// <summary>What the API server's own admission plugins change, before the webhooks of each pass. Default null: nothing.</summary>
    public Action<JsonObject>? MutateInTree { get; init; }

    /// <summary>
    /// Validates the object between mutation and the validating webhooks, given the new and the old object; causes make it a 422.
    /// Default null: only the metadata rules of the API server.
    /// </summary>
    public Func<JsonObject, JsonObject?, IEnumerable<V1StatusCause>>? Validate { get; init; }

    /// <summary>Changes the object on its way into the store. Default null: server-set metadata, and pruning by the schema of a custom resource.</summary>
    public Action<JsonObject>? PrepareForStorage { get; init; }

    /// <summary>
    /// Converts an object to another apiVersion, for webhooks that match an equivalent version. Default null: only apiVersion and kind
    /// change, as with a CustomResourceDefinition of strategy None.
    /// </summary>
    public Func<JsonObject, string, JsonObject>? Convert { get; init; }

    /// <summary>Evaluates matchConditions. Default null: a webhook that has some is refused.</summary>
    public IMatchConditionEvaluator? MatchConditions { get; init; }

    /// <summary>The time that creationTimestamp and deletionTimestamp show. Default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
