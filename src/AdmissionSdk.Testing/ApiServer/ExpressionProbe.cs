using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Asks an API server about an expression by the dry run of a webhook configuration, which changes nothing and calls nothing.</summary>
internal static class ExpressionProbe
{
    private const string DryRun = "All";

    private static readonly Version KnowsConditions = new(1, 28);

    /// <summary>The server's reason to refuse the expression; null if the server takes the expression.</summary>
    /// <exception cref="KubeApiServerException">The server is too old, or refused something else.</exception>
    public static async Task<string?> FindProblemAsync(IKubernetes client, Version version, string expression, CancellationToken cancellationToken)
    {
        if (version < KnowsConditions)
        {
            throw new KubeApiServerException($"The API server is {version}, and match conditions begin with {KnowsConditions}: take a newer one (KUBEBUILDER_ASSETS).");
        }

        try
        {
            await client.AdmissionregistrationV1.CreateValidatingWebhookConfigurationAsync(Configuration(expression), dryRun: DryRun, cancellationToken: cancellationToken);
            return null;
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.UnprocessableEntity)
        {
            var causes = KubernetesJson.Deserialize<V1Status>(exception.Response.Content).Details?.Causes ?? [];
            return causes.FirstOrDefault(cause => cause.Field == "webhooks[0].matchConditions[0].expression")?.Message
                ?? throw new KubeApiServerException($"The API server refused the configuration around the expression: {exception.Response.Content}", exception);
        }
    }

    private static V1ValidatingWebhookConfiguration Configuration(string expression) => new()
    {
        Metadata = new V1ObjectMeta { Name = "admission-sdk-expression" },
        Webhooks =
        [
            new V1ValidatingWebhook
            {
                Name = "expression.admission-sdk.example.com",
                AdmissionReviewVersions = ["v1"],
                SideEffects = "None",
                ClientConfig = new Admissionregistrationv1WebhookClientConfig { Url = "https://127.0.0.1/" },
                MatchConditions = [new V1MatchCondition { Name = "expression", Expression = expression }],
            },
        ],
    };
}
