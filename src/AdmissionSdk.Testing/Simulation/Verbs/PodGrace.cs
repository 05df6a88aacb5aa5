using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>The grace period of a deleted pod.</summary>
internal static class PodGrace
{
    private const long DefaultSeconds = 30;

    /// <summary>Tells whether the pod is being deleted already and the request does not shorten the grace period, so that nothing happens (contract 1.10).</summary>
    public static bool IsPending(JsonObject pod, SimulatedRequestOptions request) =>
        IsDeleting(pod) && Pending(pod) > 0 && (request.GracePeriodSeconds is not { } wanted || wanted >= Pending(pod));

    /// <summary>Finds the seconds; null for a pod whose grace period is over, which is deleted like other objects.</summary>
    public static long? Seconds(JsonObject pod, SimulatedRequestOptions request)
    {
        if (IsDeleting(pod) && Pending(pod) == 0)
        {
            return null;
        }

        // A pod without a node, or a finished pod, is deleted at once.
        var spec = pod["spec"] as JsonObject;
        if (!IsDeleting(pod) && (spec.Text("nodeName").Length == 0 || (pod["status"] as JsonObject).Text("phase") is "Failed" or "Succeeded"))
        {
            return 0;
        }

        var seconds = request.GracePeriodSeconds ?? spec.Number("terminationGracePeriodSeconds") ?? DefaultSeconds;
        return seconds < 0 ? 1 : seconds;
    }

    private static bool IsDeleting(JsonObject pod) => pod.Metadata()?["deletionTimestamp"] is not null;

    private static long Pending(JsonObject pod) => pod.Metadata().Number("deletionGracePeriodSeconds") ?? 0;
}
