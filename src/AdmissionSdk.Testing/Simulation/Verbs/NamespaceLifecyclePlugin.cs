using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Rules.Versions;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>The admission plugin NamespaceLifecycle, which goes before every webhook.</summary>
internal static class NamespaceLifecyclePlugin
{
    /// <exception cref="ApiStatusException">The namespace does not allow the request.</exception>
    public static void Check(AdmissionAttributes attributes, Func<string, JsonObject?> findNamespace, ResourceInfo namespaces, ServerBehaviour behaviour)
    {
        var (resource, @namespace) = (attributes.Resource, attributes.Namespace);
        if (resource.IsNamespaces)
        {
            if (attributes is { Operation: "DELETE", Subresource: "", Name: "default" or "kube-system" or "kube-public" })
            {
                throw Statuses.Forbidden(resource, attributes.Name, "this namespace may not be deleted");
            }

            return;
        }

        if (@namespace.Length == 0 || attributes.Operation == "DELETE" || resource.Plural == "localsubjectaccessreviews")
        {
            return;
        }

        // The migration of stored objects writes objects whose namespace is gone (contract 2.5).
        if (attributes.Operation == "UPDATE" && behaviour.UpdatesWithoutNamespace)
        {
            return;
        }

        var stored = findNamespace(@namespace) ?? throw Statuses.NotFound(namespaces, @namespace);
        if (attributes.Operation == "CREATE" && (stored["status"] as JsonObject).Text("phase") == "Terminating")
        {
            var refused = Statuses.Forbidden(resource, attributes.Name, $"unable to create new content in namespace {@namespace} because it is being terminated");
            refused.Status["details"]!["causes"] = new JsonArray(new JsonObject
            {
                ["reason"] = "NamespaceTerminating",
                ["message"] = $"namespace {@namespace} is being terminated",
                ["field"] = "metadata.namespace",
            });
            throw refused;
        }
    }
}
