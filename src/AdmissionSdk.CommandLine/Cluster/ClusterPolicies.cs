using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Reads and writes the guard policies of a cluster, and their bindings.</summary>
internal sealed class ClusterPolicies(IKubernetes client)
{
    private const string DryRunAll = "All";

    private IAdmissionregistrationV1Operations Api => client.AdmissionregistrationV1;

    public async Task<IKubernetesObject<V1ObjectMeta>?> FindAsync(IKubernetesObject<V1ObjectMeta> like, CancellationToken cancellationToken)
    {
        try
        {
            return like is V1ValidatingAdmissionPolicy
                ? await Api.ReadValidatingAdmissionPolicyAsync(like.Metadata.Name, cancellationToken: cancellationToken)
                : await Api.ReadValidatingAdmissionPolicyBindingAsync(like.Metadata.Name, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Lists the bindings, then the policies, with these labels.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="mayLack">True to take an API server that has no policies, or a user who may not list them, for one without any.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    public async Task<IReadOnlyList<IKubernetesObject<V1ObjectMeta>>> ListAsync(IReadOnlyDictionary<string, string> labels, bool mayLack, CancellationToken cancellationToken)
    {
        var selector = LiveObjects.Selector(labels);
        try
        {
            var bindings = await Api.ListValidatingAdmissionPolicyBindingAsync(labelSelector: selector, cancellationToken: cancellationToken);
            var policies = await Api.ListValidatingAdmissionPolicyAsync(labelSelector: selector, cancellationToken: cancellationToken);
            foreach (var item in bindings.Items)
            {
                // The API server lists items without a kind.
                item.Kind = V1ValidatingAdmissionPolicyBinding.KubeKind;
            }

            foreach (var item in policies.Items)
            {
                item.Kind = V1ValidatingAdmissionPolicy.KubeKind;
            }

            return [.. bindings.Items, .. policies.Items];
        }
        catch (HttpOperationException exception) when (mayLack && exception.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            return [];
        }
    }

    /// <summary>Applies an object by server-side apply: its fields win over every other owner.</summary>
    public Task<IKubernetesObject<V1ObjectMeta>> ApplyAsync(IKubernetesObject<V1ObjectMeta> item, bool dryRun, CancellationToken cancellationToken) =>
        PatchAsync(item, new V1Patch(KubernetesJson.Serialize(item), V1Patch.PatchType.ApplyPatch), force: true, dryRun, cancellationToken);

    /// <summary>Replaces the whole spec. The API server responds with a conflict if the object changed since the read.</summary>
    public Task<IKubernetesObject<V1ObjectMeta>> ReplaceSpecAsync(
        IKubernetesObject<V1ObjectMeta> live, IKubernetesObject<V1ObjectMeta> code, bool dryRun, CancellationToken cancellationToken)
    {
        var patch = new JsonArray(
            new JsonObject { ["op"] = "replace", ["path"] = "/metadata/resourceVersion", ["value"] = live.Metadata.ResourceVersion },
            new JsonObject { ["op"] = "replace", ["path"] = "/spec", ["value"] = JsonNode.Parse(KubernetesJson.Serialize(code))!["spec"]!.DeepClone() });
        return PatchAsync(live, new V1Patch(patch.ToJsonString(), V1Patch.PatchType.JsonPatch), force: null, dryRun, cancellationToken);
    }

    public Task DeleteAsync(IKubernetesObject<V1ObjectMeta> item, bool dryRun, CancellationToken cancellationToken)
    {
        var (name, dryRunValue) = (item.Metadata.Name, dryRun ? DryRunAll : null);
        return item is V1ValidatingAdmissionPolicy
            ? Api.DeleteValidatingAdmissionPolicyAsync(name, dryRun: dryRunValue, cancellationToken: cancellationToken)
            : Api.DeleteValidatingAdmissionPolicyBindingAsync(name, dryRun: dryRunValue, cancellationToken: cancellationToken);
    }

    private async Task<IKubernetesObject<V1ObjectMeta>> PatchAsync(
        IKubernetesObject<V1ObjectMeta> item, V1Patch patch, bool? force, bool dryRun, CancellationToken cancellationToken)
    {
        var (name, dryRunValue, manager) = (item.Metadata.Name, dryRun ? DryRunAll : null, ClusterConfigurations.FieldManager);
        return item is V1ValidatingAdmissionPolicy
            ? await Api.PatchValidatingAdmissionPolicyAsync(patch, name, dryRunValue, manager, force: force, cancellationToken: cancellationToken)
            : await Api.PatchValidatingAdmissionPolicyBindingAsync(patch, name, dryRunValue, manager, force: force, cancellationToken: cancellationToken);
    }
}
