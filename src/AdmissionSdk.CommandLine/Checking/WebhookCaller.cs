using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>Calls the application's own endpoints, bytes in and bytes out, without a server: what answers is what answers the API server.</summary>
internal sealed class WebhookCaller(IServiceProvider services, IEnumerable<EndpointDataSource> sources)
{
    // The longest there is: how long a handler takes on this machine is no matter of a manifest.
    private const string Timeout = "?timeout=30s";

    private readonly Lazy<Dictionary<string, RequestDelegate>> _endpoints = new(() => Find(sources));

    public async Task<ReviewAnswer> CallAsync(string webhook, string path, byte[] review, CancellationToken cancellationToken)
    {
        if (!_endpoints.Value.TryGetValue(path.Trim('/'), out var handle))
        {
            throw new CommandException($"nothing answers at the path of {webhook} ({path}): call app.MapAdmissionWebhooks() before app.RunAdmissionWebhooksAsync(args).");
        }

        await using var scope = services.CreateAsyncScope();
        using var answer = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellationToken };
        http.Request.Method = HttpMethods.Post;
        http.Request.Scheme = "https";
        http.Request.Host = new HostString("localhost");
        http.Request.Path = path;
        http.Request.QueryString = new QueryString(Timeout);
        http.Request.ContentType = "application/json";
        http.Request.ContentLength = review.Length;
        http.Request.Body = new MemoryStream(review);
        http.Response.Body = answer;
        await handle(http);
        await http.Response.CompleteAsync();
        return ReviewAnswer.Read(http.Response.StatusCode, answer.ToArray());
    }

    private static Dictionary<string, RequestDelegate> Find(IEnumerable<EndpointDataSource> sources)
    {
        Dictionary<string, RequestDelegate> found = [];
        foreach (var endpoint in sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>())
        {
            if (endpoint is { RoutePattern.RawText: { } path, RequestDelegate: { } handle })
            {
                found.TryAdd(path.Trim('/'), handle);
            }
        }

        return found;
    }
}
