using AdmissionSdk;
using k8s.Models;

namespace ImageRegistryWebhook.Admission;

/// <summary>
/// Tells a workload that one of Kubernetes' own controllers made from another workload, such as the ReplicaSet of a Deployment, which was reviewed before.
/// </summary>
/// <remarks>
/// An owner reference alone proves nothing: its author writes kind and uid at will, the API server looks neither up (contract 13.8), and the garbage collector
/// removes a made-up owner's objects only after a while, or never if the owner exists. So the user counts, whom the API server has authenticated.
/// </remarks>
internal static class WorkloadOwner
{
    private const string ControllerManager = "system:kube-controller-manager";
    private const string ServiceAccounts = "system:serviceaccount:kube-system:";

    // The controllers that make workloads of workloads, and the kinds of their own objects.
    private static readonly (string Account, string Group, string Kind)[] Controllers =
    [
        ("deployment-controller", "apps", "Deployment"),
        ("cronjob-controller", "batch", "CronJob"),
    ];

    /// <summary>True if the request comes from the controller of the workload's owner.</summary>
    public static bool IsReviewed(UserInfo user, V1ObjectMeta? metadata) =>
        metadata?.OwnerReferences?.FirstOrDefault(owner => owner?.Controller == true) is { } owner
        && Controllers.Any(controller =>
            owner.Kind == controller.Kind
            && owner.ApiVersion?.StartsWith(controller.Group + "/", StringComparison.Ordinal) == true
            // Without --use-service-account-credentials all controllers are one user.
            && (user.Username == ServiceAccounts + controller.Account || user.Username == ControllerManager));
}
