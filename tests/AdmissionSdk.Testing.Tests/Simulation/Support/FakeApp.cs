using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Tests.Simulation.Support;

/// <summary>A webhook application of a few lines: paths, and their responses to the request of a review.</summary>
internal sealed class FakeApp : HttpMessageHandler
{
    private readonly Dictionary<string, Func<JsonObject, HttpResponseMessage>> _routes = [];

    public List<(string Path, JsonObject Request)> Calls { get; } = [];

    public List<HttpRequestMessage> Requests { get; } = [];

    public HttpMessageInvoker Client => new(this);

    public FakeApp On(string path, Func<JsonObject, HttpResponseMessage> respond)
    {
        _routes[path] = respond;
        return this;
    }

    public static HttpResponseMessage Respond(JsonObject request, JsonObject response, string version = "v1")
    {
        response["uid"] ??= request["uid"]!.GetValue<string>();
        return Body(200, new JsonObject { ["apiVersion"] = $"admission.k8s.io/{version}", ["kind"] = "AdmissionReview", ["response"] = response }.ToJsonString());
    }

    public static HttpResponseMessage Allow(JsonObject request, string? patch = null)
    {
        var response = new JsonObject { ["allowed"] = true };
        if (patch is not null)
        {
            response["patchType"] = "JSONPatch";
            response["patch"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(patch));
        }

        return Respond(request, response);
    }

    public static HttpResponseMessage Deny(JsonObject request, string status = "{}") =>
        Respond(request, new JsonObject { ["allowed"] = false, ["status"] = JsonNode.Parse(status) });

    public static HttpResponseMessage Body(int code, string text, string? contentType = "application/json", string? retryAfter = null)
    {
        var response = new HttpResponseMessage((HttpStatusCode)code) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) };
        if (contentType is not null)
        {
            response.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (retryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var review = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!["request"]!.AsObject();
        var path = request.RequestUri!.AbsolutePath;
        lock (Calls)
        {
            Requests.Add(request);
            Calls.Add((path, review));
        }

        return _routes[path](review);
    }
}
