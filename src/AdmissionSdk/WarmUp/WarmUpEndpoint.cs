using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using AdmissionSdk.Connections;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Hosting;
using AdmissionSdk.Model;
using AdmissionSdk.Observability;
using AdmissionSdk.Registration;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdmissionSdk.WarmUp;

/// <summary>Sends made-up reviews through an endpoint of its own, whose reviews are neither measured, logged nor recorded, and open to every caller.</summary>
internal sealed class WarmUpEndpoint : IDisposable
{
    private const string Name = "warm-up.admissionsdk.local";

    // A trace that is not recorded, for a listener to all sources: a sampler that follows its parent makes no span of the warm-up.
    private const string Untraced = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    private readonly ActivitySource _activities = new(Name);
    private readonly SilentMeters _meters = new();
    private readonly AdmissionEndpoint _endpoint;
    private readonly AdmissionJson _json;

    public WarmUpEndpoint(
        WebhookDispatcher dispatcher, RequestAllowance requests, DeadlineClock clock, BodyReader bodies, AdmissionJson json, TimeProvider time)
    {
        var metrics = new AdmissionMetrics(_meters);
        var observed = new ObservedDispatcher(dispatcher, metrics, time, NullLogger<ObservedDispatcher>.Instance) { Activities = _activities };
        _endpoint = new AdmissionEndpoint(new RequestGate(requests), clock, bodies, observed, new RejectionWriter(metrics, NullLogger<RejectionWriter>.Instance));
        _json = json;
    }

    /// <summary>Reviews an object of the handler's type, without the handler and without filters.</summary>
    /// <returns>Null, or the reason why the object had only the members that nearly every type has.</returns>
    /// <exception cref="WarmUpException">The object could not be read or reviewed.</exception>
    public async Task<string?> ReviewAsync(WebhookType type, HandlerDescriptor handler, CancellationToken cancellationToken)
    {
        if (handler.Invoker.WarmUp is not { } invoker)
        {
            return null;
        }

        var settings = WebhookSettings.Defaults(Name, type, new AdmissionWebhookOptions { DefaultTimeout = TimeSpan.FromSeconds(WebhookSettings.LongestTimeout) });
        var descriptor = new WebhookDescriptor(Name, type, settings, new WebhookSettings())
        {
            Handlers = [new HandlerDescriptor(invoker, Operations.Any, [new ResourceTarget("*", "*", "*")])],
        };
        var webhook = new WebhookRuntime(descriptor, []);
        var (status, response) = await SendAsync(webhook, SampleReview.Create(SampleObject.Create(_json.Options, handler.ObjectType)), cancellationToken);
        if (status == StatusCodes.Status200OK)
        {
            return null;
        }

        // Not every type can hold values that were made up.
        var reason = response.Trim();
        (status, response) = await SendAsync(webhook, SampleReview.Create(SampleObject.Least), cancellationToken);
        return status == StatusCodes.Status200OK ? reason : throw new WarmUpException(response.Trim());
    }

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    private async Task<(int Status, string Response)> SendAsync(WebhookRuntime webhook, byte[] review, CancellationToken cancellationToken)
    {
        using var response = new MemoryStream();
        var http = new DefaultHttpContext
        {
            Request =
            {
                Method = HttpMethods.Post,
                QueryString = new QueryString("?timeout=30s"),
                ContentType = "application/json",
                ContentLength = review.Length,
                Body = new MemoryStream(review),
            },
            Response = { Body = response },
            RequestAborted = cancellationToken,
        };
        http.Request.Headers.TraceParent = Untraced;
        await _endpoint.HandleAsync(http, webhook);
        return (http.Response.StatusCode, Encoding.UTF8.GetString(response.GetBuffer(), 0, (int)response.Length));
    }

    /// <summary>Makes meters under a name that nobody listens to.</summary>
    private sealed class SilentMeters : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(Name);
            _meters.Add(meter);
            return meter;
        }

        public void Dispose() => _meters.ForEach(static meter => meter.Dispose());
    }
}
