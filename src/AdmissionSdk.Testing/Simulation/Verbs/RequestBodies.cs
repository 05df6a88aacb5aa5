using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>The options objects of reviews (contract 4.8): a patch carries UpdateOptions, never PatchOptions.</summary>
internal static class RequestBodies
{
    public static JsonObject CreateOptions(SimulatedRequestOptions request) => WriteOptions("CreateOptions", request);

    public static JsonObject UpdateOptions(SimulatedRequestOptions request) => WriteOptions("UpdateOptions", request);

    public static JsonObject DeleteOptions(SimulatedRequestOptions request)
    {
        var options = Options("DeleteOptions", request);
        if (request.GracePeriodSeconds is { } seconds)
        {
            options["gracePeriodSeconds"] = seconds;
        }
        if (request.PropagationPolicy is { } policy)
        {
            options["propagationPolicy"] = policy;
        }
        return options;
    }

    private static JsonObject WriteOptions(string kind, SimulatedRequestOptions request)
    {
        var options = Options(kind, request);
        if (request.FieldManager.Length > 0)
        {
            options["fieldManager"] = request.FieldManager;
        }
        return options;
    }

    private static JsonObject Options(string kind, SimulatedRequestOptions request)
    {
        var options = new JsonObject { ["kind"] = kind, ["apiVersion"] = "meta.k8s.io/v1" };
        if (request.DryRun)
        {
            options["dryRun"] = new JsonArray("All");
        }
        return options;
    }
}
