using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Simulation;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>The simulator, with the steps that a ConfigMap and a Pod need besides admission.</summary>
internal sealed class SimulatedServerUnderTest(Version version) : IApiServerUnderTest
{
    private readonly SimulatedApiServer _server = new(TypedSteps.Options(version));
    private bool _showsAudit;

    /// <summary>The newest version that the simulator knows.</summary>
    public static Version Newest { get; } = new SimulatedApiServerOptions().KubernetesVersion;

    public Version Version => version;

    /// <summary>The simulator in the version of a real server, or the newest for a server that is newer.</summary>
    public static SimulatedServerUnderTest Like(Version real) => new(real < Newest ? real : Newest);

    public Task<string> PrepareAsync(Scenario scenario)
    {
        const string Namespace = "agreement-ns";
        _showsAudit = scenario.ShowsAudit;
        _server.AddCustomResourceDefinition(WidgetDefinition.Yaml);
        _server.AddNamespace(Namespace, scenario.NamespaceLabels);
        return Task.FromResult(Namespace);
    }

    public Task<IAsyncDisposable> InstallAsync(Scenario scenario, ScenarioApp app)
    {
        _server.RegisterWebhooks(new HttpMessageInvoker(new AppHandler(app)), [.. ScenarioConfigurations.Create(scenario)]);
        foreach (var webhook in scenario.Webhooks)
        {
            _server.SetLatency(webhook.FullName, webhook.Latency);
        }

        return Task.FromResult<IAsyncDisposable>(new NothingToUndo());
    }

    public async Task<StepResult> SendAsync(Step step, string @namespace)
    {
        var options = new SimulatedRequestOptions
        {
            Namespace = step.Namespace ?? @namespace,
            DryRun = step.DryRun,
            Subresource = step.Verb == Verb.Connect ? "" : step.Subresource,
            Resource = step.Subresource.Length > 0 ? step.Kind.Qualified : "",
            Name = step.Name,
            Timeout = step.TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            GracePeriodSeconds = step.GracePeriodSeconds,
            PropagationPolicy = step.PropagationPolicy,
            FieldManager = step.Verb == Verb.Apply ? "agreement" : step.FieldManager ?? "",
            FieldValidation = step.FieldValidation ?? "",
        };
        if (step.As is { } user)
        {
            options.User = user.User;
            options.Groups = [.. user.Groups, "system:authenticated"];
            options.Extra = user.Extra;
        }

        var name = step.Kind.Qualified;
        if (step.Verb == Verb.Get)
        {
            var found = _server.Find(name, step.Name, options.Namespace);
            return new StepResult(found is null ? 404 : 200, found, []);
        }

        var response = step.Verb switch
        {
            Verb.Create => await _server.CreateAsync(step.Body, options),
            Verb.Update => await _server.UpdateAsync(step.Body, options),
            Verb.MergePatch or Verb.JsonPatch => await _server.PatchAsync(name, step.Name, step.Body, options),
            Verb.Apply => await _server.ApplyAsync(step.Body, options),
            Verb.Delete => await _server.DeleteAsync(name, step.Name, options),
            Verb.DeleteCollection => await _server.DeleteCollectionAsync(name, options),
            _ => await _server.ConnectAsync(name, step.Name, step.Subresource, JsonNode.Parse(step.Body)!.AsObject(), options),
        };
        return new StepResult(response.StatusCode, response.Status ?? response.GetObject(), response.Warnings)
        {
            RetryAfter = response.RetryAfter?.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            Audit = _showsAudit ? [.. response.AuditAnnotations.Select(annotation => $"{annotation.Key}={annotation.Value}").Order(StringComparer.Ordinal)] : [],
        };
    }

    private sealed class AppHandler(ScenarioApp app) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var webhook = app.Find(request.RequestUri!.AbsolutePath);
            if (webhook is null)
            {
                return new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new ByteArrayContent([]) };
            }

            var headers = WebhookRequest.HeaderNames.ToDictionary(name => name, name => Header(request, name));
            var reply = app.Respond(webhook, new WebhookRequest(request.RequestUri.PathAndQuery, headers, await request.Content!.ReadAsStringAsync(cancellationToken)));
            var response = new HttpResponseMessage((HttpStatusCode)reply.Code) { Content = new ByteArrayContent(reply.Bytes) };
            if (reply.ContentType is not null)
            {
                response.Content.Headers.TryAddWithoutValidation("Content-Type", reply.ContentType);
            }

            if (reply.RetryAfter is not null)
            {
                response.Headers.TryAddWithoutValidation("Retry-After", reply.RetryAfter);
            }

            return response;
        }

        private static string Header(HttpRequestMessage request, string name) =>
            request.Headers.NonValidated.TryGetValues(name, out var values) || request.Content!.Headers.NonValidated.TryGetValues(name, out values) ? values.ToString() : "";
    }
}
