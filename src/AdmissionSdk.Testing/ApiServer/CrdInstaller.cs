using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Creates or replaces custom resource definitions and waits until their resources can be used.</summary>
internal static class CrdInstaller
{
    private const string ApiVersion = $"{V1CustomResourceDefinition.KubeGroup}/{V1CustomResourceDefinition.KubeApiVersion}";

    public static IReadOnlyList<V1CustomResourceDefinition> Read(string yaml) =>
    [
        .. YamlDocument.Read(yaml).Select(document => (document.ApiVersion, document.Kind) == (ApiVersion, V1CustomResourceDefinition.KubeKind)
            ? document.To<V1CustomResourceDefinition>()
            : throw new ArgumentException($"Expected documents of {ApiVersion} CustomResourceDefinition, found '{document.ApiVersion}' '{document.Kind}'.", nameof(yaml))),
    ];

    public static async Task ApplyAsync(IKubernetes client, V1CustomResourceDefinition definition, Cleanup cleanup, CancellationToken cancellationToken)
    {
        var name = definition.Metadata.Name;
        try
        {
            await client.ApiextensionsV1.CreateCustomResourceDefinitionAsync(definition, cancellationToken: cancellationToken);
            cleanup.Add(token => client.ApiextensionsV1.DeleteCustomResourceDefinitionAsync(name, cancellationToken: token));
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Conflict)
        {
            var existing = await client.ApiextensionsV1.ReadCustomResourceDefinitionAsync(name, cancellationToken: cancellationToken);
            definition.Metadata.ResourceVersion = existing.Metadata.ResourceVersion;
            await client.ApiextensionsV1.ReplaceCustomResourceDefinitionAsync(definition, name, cancellationToken: cancellationToken);
        }
    }

    /// <summary>Waits for the condition Established, and then until every served version really answers, which it does a little later.</summary>
    public static Task WaitUntilServedAsync(IKubernetes client, V1CustomResourceDefinition definition, TimeSpan timeout, CancellationToken cancellationToken) =>
        Polling.UntilAsync(
            async token => await ConditionAsync(client, definition.Metadata.Name, token) ?? await AnswerAsync(client, definition, token),
            timeout,
            seen => $"The CRD {definition.Metadata.Name} was not established: {seen}.",
            cancellationToken);

    private static async Task<string?> ConditionAsync(IKubernetes client, string name, CancellationToken cancellationToken)
    {
        var current = await client.ApiextensionsV1.ReadCustomResourceDefinitionAsync(name, cancellationToken: cancellationToken);
        var conditions = current.Status?.Conditions ?? [];
        return conditions.Any(condition => condition is { Type: "Established", Status: "True" })
            ? null
            : string.Join("; ", conditions.Select(condition => $"{condition.Type}={condition.Status} {condition.Message}").DefaultIfEmpty("no conditions"));
    }

    private static async Task<string?> AnswerAsync(IKubernetes client, V1CustomResourceDefinition definition, CancellationToken cancellationToken)
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
