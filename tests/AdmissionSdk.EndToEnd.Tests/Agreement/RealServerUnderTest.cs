using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.ApiServer;
using k8s;

namespace AdmissionSdk.EndToEnd.Tests.Agreement;

/// <summary>A real kube-apiserver, spoken to in plain HTTP so that nothing is lost in a client.</summary>
internal sealed class RealServerUnderTest : IApiServerUnderTest, IDisposable
{
    private readonly KubeApiServerFixture _server;
    private readonly AgreementHost _host;
    private readonly HttpClient _client;

    public RealServerUnderTest(KubeApiServerFixture server, AgreementHost host)
    {
        _server = server;
        _host = host;
        var configuration = server.Configuration;
        var handler = new SocketsHttpHandler { ResponseHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
        handler.SslOptions.ClientCertificates = [ClientCertificate(configuration)];
        _client = new HttpClient(handler) { BaseAddress = new Uri(configuration.Host) };
    }

    public Version Version => _server.Version;

    public async Task<string> PrepareAsync(Scenario scenario) => await _server.CreateNamespaceAsync(labels: scenario.NamespaceLabels);

    public async Task<IAsyncDisposable> InstallAsync(Scenario scenario, ScenarioApp app)
    {
        _host.Serve(null);
        var installed = await _server.InstallAsync(ScenarioConfigurations.Create(scenario).Cast<IKubernetesObject<k8s.Models.V1ObjectMeta>>(), _host.Address, _host.CaBundle);
        _host.Serve(app);
        return installed;
    }

    public async Task<StepResult> SendAsync(Step step, string space)
    {
        using var request = Request(step, step.Namespace ?? space);
        using var response = await SendAsync(request);
        if (response is null)
        {
            return new StepResult(0, null, []);
        }
        var text = await response.Content.ReadAsStringAsync();
        var body = text.AsSpan().TrimStart().StartsWith("{") ? JsonNode.Parse(text) as JsonObject : null;
        var warnings = response.Headers.NonValidated.TryGetValues("Warning", out var values) ? values.Select(Unquote).ToList() : [];
        return new StepResult((int)response.StatusCode, body, warnings);
    }

    // An API server that panics closes the connection.
    private async Task<HttpResponseMessage?> SendAsync(HttpRequestMessage request)
    {
        try
        {
            return await _client.SendAsync(request);
        }
        catch (HttpRequestException exception) when (exception.InnerException is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded })
        {
            return null;
        }
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Request(Step step, string space)
    {
        var collection = step.Kind.Path(space);
        var item = $"{collection}/{step.Name}" + (step.Subresource.Length > 0 ? $"/{step.Subresource}" : "");
        var query = step.DryRun && step.Verb is not (Verb.Delete or Verb.DeleteCollection) ? "?dryRun=All" : "";
        query = step.TimeoutSeconds is { } seconds ? $"?timeout={seconds}s" : query;
        return step.Verb switch
        {
            Verb.Create => new(HttpMethod.Post, (step.Subresource.Length > 0 ? item : collection) + query) { Content = Content(step.Body, "application/json") },
            Verb.Update => new(HttpMethod.Put, item + query) { Content = Content(step.Body, "application/json") },
            Verb.MergePatch => new(HttpMethod.Patch, item + query) { Content = Content(step.Body, "application/merge-patch+json") },
            Verb.JsonPatch => new(HttpMethod.Patch, item + query) { Content = Content(step.Body, "application/json-patch+json") },
            Verb.Apply => new(HttpMethod.Patch, $"{item}?fieldManager=agreement&force=true{query.Replace('?', '&')}") { Content = Content(step.Body, "application/apply-patch+yaml") },
            Verb.Delete => new(HttpMethod.Delete, item) { Content = Content(DeleteOptions(step), "application/json") },
            Verb.DeleteCollection => new(HttpMethod.Delete, collection) { Content = Content(DeleteOptions(step), "application/json") },
            Verb.Connect => new(HttpMethod.Get, $"{item}?command=ls"),
            _ => new(HttpMethod.Get, item),
        };
    }

    private static string DeleteOptions(Step step)
    {
        var options = new JsonObject { ["kind"] = "DeleteOptions", ["apiVersion"] = "v1" };
        if (step.GracePeriodSeconds is { } seconds)
        {
            options["gracePeriodSeconds"] = seconds;
        }
        if (step.DryRun)
        {
            options["dryRun"] = new JsonArray("All");
        }
        return options.ToJsonString();
    }

    private static X509Certificate2 ClientCertificate(KubernetesClientConfiguration configuration)
    {
        using var pair = X509Certificate2.CreateFromPem(Pem(configuration.ClientCertificateData), Pem(configuration.ClientCertificateKeyData));
        return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
    }

    private static string Pem(string base64) => Encoding.ASCII.GetString(Convert.FromBase64String(base64));

    private static StringContent Content(string body, string mediaType) => new(body, Encoding.UTF8, new MediaTypeHeaderValue(mediaType));

    // 299 - "text", with " and \ escaped.
    private static string Unquote(string header)
    {
        var text = header[(header.IndexOf('"', StringComparison.Ordinal) + 1)..header.LastIndexOf('"')];
        return text.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
    }
}
