using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>The options objects of reviews (contract 4.8): a patch carries UpdateOptions, never PatchOptions.</summary>
internal static class RequestBodies
{
    public static JsonObject CreateOptions(SimulatedRequestOptions request) => WriteOptions("CreateOptions", request);

    public static JsonObject UpdateOptions(SimulatedRequestOptions request) => WriteOptions("UpdateOptions", request);

    /// <param name="request">The request.</param>
    /// <param name="gracePeriodSeconds">The grace period as the API server settled it; null for none.</param>
    /// <param name="uid">The uid that the object must have, which the API server adds for namespaces; empty for no condition.</param>
    public static JsonObject DeleteOptions(SimulatedRequestOptions request, long? gracePeriodSeconds, string uid)
    {
        var options = Options("DeleteOptions");
        if (gracePeriodSeconds is { } seconds)
        {
            options["gracePeriodSeconds"] = seconds;
        }

        if (uid.Length > 0)
        {
            options["preconditions"] = new JsonObject { ["uid"] = uid };
        }

        if (request.PropagationPolicy is { } policy)
        {
            options["propagationPolicy"] = policy;
        }

        return AddDryRun(options, request);
    }

    private static JsonObject WriteOptions(string kind, SimulatedRequestOptions request)
    {
        var options = AddDryRun(Options(kind), request);
        foreach (var (name, value) in new[] { ("fieldManager", request.FieldManager), ("fieldValidation", request.FieldValidation) })
        {
            if (value.Length > 0)
            {
                options[name] = value;
            }
        }

        return options;
    }

    private static JsonObject Options(string kind) => new() { ["kind"] = kind, ["apiVersion"] = "meta.k8s.io/v1" };

    private static JsonObject AddDryRun(JsonObject options, SimulatedRequestOptions request)
    {
        if (request.DryRun)
        {
            options["dryRun"] = new JsonArray("All");
        }

        return options;
    }
}
