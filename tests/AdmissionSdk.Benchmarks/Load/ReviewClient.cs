using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Benchmarks.Load;

/// <summary>Sends single reviews and looks at the responses, on connections that stay open.</summary>
internal sealed class ReviewClient : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = LoadGenerator.Connections,
#pragma warning disable CA5359 // A certificate that the measured server has just made up.
        SslOptions = { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
#pragma warning restore CA5359
    });

    /// <exception cref="LoadException">The response is not an approval with the patch that the target makes.</exception>
    public async Task CheckAsync(LoadTarget target)
    {
        var body = await File.ReadAllBytesAsync(target.Body);
        foreach (var url in target.Urls)
        {
            var text = await SendAsync(url, body);
            var response = JsonNode.Parse(text)?["response"];
            var patch = (string?)response?["patch"];
            var operations = patch is null ? 0 : JsonNode.Parse(Convert.FromBase64String(patch))!.AsArray().Count;
            if ((bool?)response?["allowed"] != true || (target.Operations is { } expected && operations != expected))
            {
                throw new LoadException($"{target.Name}: {url} did not allow with a patch of {target.Operations?.ToString() ?? "any number of"} operations: {text}");
            }
        }
    }

    /// <returns>The body of a response with status 200.</returns>
    public async Task<string> SendAsync(Uri url, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _http.PostAsync(url, content);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? text : throw new LoadException($"{url} answered {(int)response.StatusCode}: {text}");
    }

    /// <summary>Sends reviews over all connections at once.</summary>
    public async Task SendAsync(LoadTarget target, int count)
    {
        var body = await File.ReadAllBytesAsync(target.Body);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = LoadGenerator.Connections },
            async (i, _) => await SendAsync(target.Urls[i % target.Urls.Count], body));
    }

    /// <returns>The bytes that the server has allocated since its start.</returns>
    public async Task<long> AllocatedAsync(Uri url) =>
        long.Parse(await _http.GetStringAsync(url), System.Globalization.CultureInfo.InvariantCulture);

    /// <returns>True when the readiness probe has status 200.</returns>
    public async Task<bool> IsReadyAsync(Uri address)
    {
        using var response = await _http.GetAsync(new Uri(address, "readyz"));
        return response.IsSuccessStatusCode;
    }

    public void Dispose() => _http.Dispose();
}
