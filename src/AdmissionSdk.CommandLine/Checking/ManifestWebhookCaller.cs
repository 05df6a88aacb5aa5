using AdmissionSdk.Dispatch;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>Calls the application's own endpoints, bytes in and bytes out, without a server: the same code responds to the API server.</summary>
internal sealed class ManifestWebhookCaller(IServiceProvider services, IEnumerable<EndpointDataSource> sources)
{
    // The longest timeout of Kubernetes, since the speed of this machine does not matter to a manifest.
    private const string Timeout = "?timeout=30s";

    private readonly Lazy<Dictionary<string, RequestDelegate>> _endpoints = new(() => Find(sources));

    public async Task<ReviewVerdict> CallAsync(string webhook, string path, byte[] review, CancellationToken cancellationToken, ChainTrace? trace = null)
    {
        if (!_endpoints.Value.TryGetValue(path.Trim('/'), out var handle))
        {
            throw new CommandException($"the application does not serve the path of {webhook} ({path}): call app.MapAdmissionWebhooks() before app.RunAdmissionWebhooksAsync(args).");
        }

        await using var scope = services.CreateAsyncScope();
        using var response = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellationToken };
        http.Features.Set(trace);
        http.Request.Method = HttpMethods.Post;
        http.Request.Scheme = "https";
        http.Request.Host = new HostString("localhost");
        http.Request.Path = path;
        http.Request.QueryString = new QueryString(Timeout);
        http.Request.ContentType = "application/json";
        http.Request.ContentLength = review.Length;
        http.Request.Body = new MemoryStream(review);
        http.Response.Body = response;
        await handle(http);
        await http.Response.CompleteAsync();
        return ReviewVerdict.Read(http.Response.StatusCode, response.ToArray());
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
