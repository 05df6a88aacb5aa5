using k8s;
using k8s.Models;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Creates namespaces for tests.</summary>
/// <param name="client">An administrator's client.</param>
/// <param name="setNameLabel">True to set the label that the API server itself does not set.</param>
/// <param name="setOwnLabel">True to mark namespaces for the clean-up of an existing cluster.</param>
/// <param name="cleanup">Deletes the namespaces at the end.</param>
internal sealed class TestNamespaces(IKubernetes client, bool setNameLabel, bool setOwnLabel, Cleanup cleanup)
{
    public async Task<string> CreateAsync(string? name, IReadOnlyDictionary<string, string>? labels, CancellationToken cancellationToken)
    {
        name ??= $"test-{Guid.NewGuid():n}";
        var all = new Dictionary<string, string>(labels ?? new Dictionary<string, string>());
        if (setNameLabel)
        {
            all[TestNamespaceLabels.Name] = name;
        }

        var created = new V1Namespace { Metadata = new V1ObjectMeta { Name = name, Labels = all } };
        if (setOwnLabel)
        {
            OwnLabel.Set(created.Metadata);
        }

        await client.CoreV1.CreateNamespaceAsync(created, cancellationToken: cancellationToken);
        cleanup.Add(token => client.CoreV1.DeleteNamespaceAsync(name, cancellationToken: token));
        return name;
    }
}
