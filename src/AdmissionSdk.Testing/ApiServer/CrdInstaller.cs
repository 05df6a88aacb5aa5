using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Creates or replaces custom resource definitions and waits until their resources can be used.</summary>
/// <param name="client">An administrator's client.</param>
/// <param name="replaceForeign">True to replace a definition that no fixture made.</param>
/// <param name="timeout">The longest wait, for the deletion of an older definition and for each version to be served.</param>
/// <param name="cleanup">Deletes the definitions at the end.</param>
internal sealed class CrdInstaller(IKubernetes client, bool replaceForeign, TimeSpan timeout, Cleanup cleanup)
{
    private const string ApiVersion = $"{V1CustomResourceDefinition.KubeGroup}/{V1CustomResourceDefinition.KubeApiVersion}";

    public static IReadOnlyList<V1CustomResourceDefinition> Read(string yaml) =>
    [
        .. YamlDocument.Read(yaml).Select(document => (document.ApiVersion, document.Kind) == (ApiVersion, V1CustomResourceDefinition.KubeKind)
            ? document.To<V1CustomResourceDefinition>()
            : throw new ArgumentException($"Expected documents of {ApiVersion} CustomResourceDefinition, found '{document.ApiVersion}' '{document.Kind}'.", nameof(yaml))),
    ];

    public async Task ApplyAsync(string yaml, CancellationToken cancellationToken)
    {
        foreach (var definition in Read(yaml))
        {
            await ApplyAsync(definition, cancellationToken);
            await WaitUntilServedAsync(definition, cancellationToken);
        }
    }

    private async Task ApplyAsync(V1CustomResourceDefinition definition, CancellationToken cancellationToken)
    {
        var name = definition.Metadata.Name;
        OwnLabel.Set(definition.Metadata);
        await Polling.UntilAsync(
            async token => await TryCreateAsync(definition, token) is null ? null : await TryReplaceAsync(definition, token),
            timeout,
            seen => $"The CRD {name} could not be created: {seen}.",
            cancellationToken);
        if (definition.Metadata.ResourceVersion is null)
        {
            cleanup.Add(token => client.ApiextensionsV1.DeleteCustomResourceDefinitionAsync(name, cancellationToken: token));
        }
    }

    /// <summary>Waits for the condition Established, and then until every served version responds, which is a little later.</summary>
    private Task WaitUntilServedAsync(V1CustomResourceDefinition definition, CancellationToken cancellationToken) =>
        Polling.UntilAsync(
            async token => await ConditionAsync(definition.Metadata.Name, token) ?? await ProbeAsync(definition, token),
            timeout,
            seen => $"The CRD {definition.Metadata.Name} was not established: {seen}.",
            cancellationToken);

    private async Task<string?> TryCreateAsync(V1CustomResourceDefinition definition, CancellationToken cancellationToken)
    {
        try
        {
            definition.Metadata.ResourceVersion = null;
            await client.ApiextensionsV1.CreateCustomResourceDefinitionAsync(definition, cancellationToken: cancellationToken);
            return null;
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Conflict)
        {
            return "it exists";
        }
    }

    private async Task<string?> TryReplaceAsync(V1CustomResourceDefinition definition, CancellationToken cancellationToken)
    {
        var name = definition.Metadata.Name;
        V1CustomResourceDefinition existing;
        try
        {
            existing = await client.ApiextensionsV1.ReadCustomResourceDefinitionAsync(name, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return "it was deleted a moment ago";
        }

        if (existing.Metadata.DeletionTimestamp is not null)
        {
            return "it is still being deleted";
        }

        if (!replaceForeign && !OwnLabel.IsOn(existing.Metadata))
        {
            throw new KubeApiServerException(
                $"The cluster has a CRD '{name}' already, and not by a test: the fixture does not replace it. Use another cluster, or skip ApplyCrdAsync if the present definition will do.");
        }

        definition.Metadata.ResourceVersion = existing.Metadata.ResourceVersion;
        await client.ApiextensionsV1.ReplaceCustomResourceDefinitionAsync(definition, name, cancellationToken: cancellationToken);
        return null;
    }

    private async Task<string?> ConditionAsync(string name, CancellationToken cancellationToken)
    {
        var current = await client.ApiextensionsV1.ReadCustomResourceDefinitionAsync(name, cancellationToken: cancellationToken);
        var conditions = current.Status?.Conditions ?? [];
        return conditions.Any(condition => condition is { Type: "Established", Status: "True" })
            ? null
            : string.Join("; ", conditions.Select(condition => $"{condition.Type}={condition.Status} {condition.Message}").DefaultIfEmpty("no conditions"));
    }

    private async Task<string?> ProbeAsync(V1CustomResourceDefinition definition, CancellationToken cancellationToken)
    {
        foreach (var version in definition.Spec.Versions.Where(version => version.Served))
        {
            try
            {
                await client.CustomObjects.ListClusterCustomObjectAsync<object>(
                    definition.Spec.Group, version.Name, definition.Spec.Names.Plural, limit: 1, cancellationToken: cancellationToken);
            }
            catch (HttpOperationException exception)
            {
                return $"version {version.Name} answers {(int)exception.Response.StatusCode}";
            }
        }

        return null;
    }
}
