using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.EndToEnd.Tests.Support;
using k8s;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>A real kube-apiserver, called in plain HTTP so that nothing is lost in a client.</summary>
internal sealed class RealServerUnderTest(ApiServerSession session, AgreementHost host) : IApiServerUnderTest
{
    private readonly Kubernetes _client = (Kubernetes)session.Server.Client;
    private bool _showsAudit;

    public Version Version => session.Server.Version;

    public async Task<string> PrepareAsync(Scenario scenario)
    {
        _showsAudit = scenario.ShowsAudit;
        return await session.Server.CreateNamespaceAsync(labels: scenario.NamespaceLabels);
    }

    public async Task<IAsyncDisposable> InstallAsync(Scenario scenario, ScenarioApp app)
    {
        host.Serve(null);
        var installed = await AppliedScenario.ApplyAsync(session.Server, scenario, host.Address, host.CaBundle);
        host.Serve(app);
        return installed;
    }

    public async Task<StepResult> SendAsync(Step step, string @namespace)
    {
        using var request = RealRequest.Create(_client.BaseUri, step, step.Namespace ?? @namespace);
        using var response = await SendAsync(request);
        if (response is null)
        {
            return new StepResult(0, null, []);
        }

        var text = await response.Content.ReadAsStringAsync();
        var body = text.AsSpan().TrimStart().StartsWith("{") ? JsonNode.Parse(text) as JsonObject : null;
        var warnings = response.Headers.NonValidated.TryGetValues("Warning", out var values) ? values.Select(Unquote).ToList() : [];
        return new StepResult((int)response.StatusCode, body, warnings)
        {
            RetryAfter = response.Headers.RetryAfter?.ToString(),
            Audit = _showsAudit && session.AuditLog is { } log ? await log.AnnotationsAsync(response.Headers.GetValues("Audit-Id").Single()) : [],
        };
    }

    // An API server that panics closes the connection.
    private async Task<HttpResponseMessage?> SendAsync(HttpRequestMessage request)
    {
        try
        {
            if (_client.Credentials is { } credentials)
            {
                await credentials.ProcessHttpRequestAsync(request, CancellationToken.None);
            }

            return await _client.HttpClient.SendAsync(request);
        }
        catch (HttpRequestException exception) when (exception.InnerException is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded })
        {
            return null;
        }
    }

    // 299 - "text", with " and \ escaped. .NET decodes headers as Latin-1, and the API server writes UTF-8.
    private static string Unquote(string header)
    {
        var text = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(header));
        text = text[(text.IndexOf('"', StringComparison.Ordinal) + 1)..text.LastIndexOf('"')];
        return text.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
    }
}
