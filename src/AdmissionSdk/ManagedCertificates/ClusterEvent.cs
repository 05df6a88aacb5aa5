using k8s;
using k8s.Models;

namespace AdmissionSdk.ManagedCertificates;

/// <summary>Records what the application did to a cluster-scoped object as an event about the object.</summary>
internal static class ClusterEvent
{
    /// <summary>The namespace of events about cluster-scoped objects; API servers refuse another.</summary>
    public const string Namespace = "default";

    /// <summary>Records an event. An event is a courtesy: a cluster that refuses it loses nothing else.</summary>
    /// <returns>False if the event was not taken.</returns>
    public static async Task<bool> TryRecordAsync(
        IKubernetes client, IKubernetesObject<V1ObjectMeta> about, (string Source, string Reason, string Message) text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await client.CoreV1.CreateNamespacedEventAsync(
                new Corev1Event
                {
                    Metadata = new V1ObjectMeta { GenerateName = $"{about.Metadata.Name}.", NamespaceProperty = Namespace },
                    InvolvedObject = new V1ObjectReference { ApiVersion = about.ApiVersion, Kind = about.Kind, Name = about.Metadata.Name, Uid = about.Metadata.Uid },
                    Type = "Warning",
                    Reason = text.Reason,
                    Message = text.Message,
                    Source = new V1EventSource { Component = text.Source },
                    FirstTimestamp = now.UtcDateTime,
                    LastTimestamp = now.UtcDateTime,
                    Count = 1,
                },
                Namespace,
                cancellationToken: cancellationToken);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
