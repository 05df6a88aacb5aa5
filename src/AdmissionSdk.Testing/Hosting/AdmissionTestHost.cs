using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AdmissionSdk.Registration;
using AdmissionSdk.Testing.Hosting;
using AdmissionSdk.Testing.Outcomes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Testing;

/// <summary>Your own application in memory, without a port: bytes in, bytes out, through the pipeline it has in production.</summary>
public sealed class AdmissionTestHost : IAsyncDisposable
{
    private readonly IServiceProvider? _services;
    private readonly Func<ValueTask> _stop;

    private AdmissionTestHost(HttpClient client, IServiceProvider? services, Func<ValueTask> stop)
    {
        Client = client;
        _services = services;
        _stop = stop;
        Webhooks = services?.GetService<WebhookRegistry>()?.Webhooks ?? [];
    }

    /// <summary>Reaches the application. Good for everything that is not a review, and for a <see cref="Simulation.SimulatedApiServer"/>.</summary>
    public HttpClient Client { get; }

    /// <summary>The application's services.</summary>
    /// <exception cref="InvalidOperationException">The host was made from a client only.</exception>
    public IServiceProvider Services => _services ?? throw new InvalidOperationException("A host made from an HttpClient does not know the application's services.");

    /// <summary>The webhooks as the application registered them; empty when the host was made from a client only.</summary>
    public IReadOnlyList<WebhookDescriptor> Webhooks { get; }

    /// <summary>Starts an application of its own, with the webhooks that a test registers.</summary>
    /// <param name="services">Registers them: <c>services => services.AddAdmissionWebhooks().AddMutator…</c>, and whatever their handlers need.</param>
    /// <param name="app">The pipeline. Default: <c>app => app.MapAdmissionWebhooks()</c>; your own has to map them too.</param>
    /// <param name="environment">The environment. Default <c>Development</c>, in which failures say their exception's message and validators that edit are told so.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    /// <returns>The running application.</returns>
    /// <exception cref="WebhookRegistrationException">The webhooks as registered cannot work.</exception>
    public static async Task<AdmissionTestHost> StartAsync(
        Action<IServiceCollection> services,
        Action<WebApplication>? app = null,
        string environment = "Development",
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        var application = PlainHost.Build(services, app ?? (application => application.MapAdmissionWebhooks()), environment);
        try
        {
            await application.StartAsync(cancellationToken);
            return new(TestServerClient.Of(application), application.Services, () => PlainHost.StopAsync(application));
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts your own program, with an in-memory server instead of its listeners. No other package is needed.</summary>
    /// <typeparam name="TEntryPoint">Any class of the program's assembly, such as <c>Program</c>. Its <c>Main</c> must build and run a host.</typeparam>
    /// <param name="services">Puts fakes in place, after the program's own registrations. Default: nothing.</param>
    /// <param name="args">What the program gets as its arguments, configuration included. Default <c>--environment=Development</c>. Say <c>--contentRoot=…</c> when it reads files beside its project.</param>
    /// <param name="cancellationToken">Stops waiting for the program to start.</param>
    /// <returns>The running program.</returns>
    /// <exception cref="InvalidOperationException">The program ended before its host had started.</exception>
    public static async Task<AdmissionTestHost> StartAsync<TEntryPoint>(
        Action<IServiceCollection>? services = null, IReadOnlyList<string>? args = null, CancellationToken cancellationToken = default)
    {
        var program = new ProgramHost(typeof(TEntryPoint).Assembly, services, args ?? ["--environment=Development"]);
        var host = await program.StartAsync(cancellationToken);
        return new(TestServerClient.Of(host), host.Services, program.DisposeAsync);
    }

    /// <summary>Sends reviews through a client that reaches the application by other means: a WebApplicationFactory, or a URL.</summary>
    /// <param name="client">The client. Stays the caller's.</param>
    /// <returns>A host without <see cref="Services"/>; webhooks are named by their path.</returns>
    public static AdmissionTestHost For(HttpClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return new(client, services: null, () => ValueTask.CompletedTask);
    }

    /// <summary>Sends a review, as the API server would.</summary>
    /// <param name="review">The review.</param>
    /// <param name="webhook">The webhook's name, or its path with a leading slash. May be left out when the application has only one.</param>
    /// <param name="cancellationToken">Hangs up.</param>
    /// <returns>What the webhook answered.</returns>
    /// <exception cref="ArgumentException">There is no such webhook, or several to choose from.</exception>
    public Task<AdmissionOutcome> SendAsync(AdmissionReviewBuilder review, string? webhook = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(review);
        return SendAsync(review.ToBytes(), webhook, cancellationToken);
    }

    /// <summary>Sends a body that need not be a review.</summary>
    /// <param name="body">The body.</param>
    /// <param name="webhook">The webhook's name, or its path with a leading slash. May be left out when the application has only one.</param>
    /// <param name="cancellationToken">Hangs up.</param>
    /// <returns>What came back.</returns>
    /// <exception cref="ArgumentException">There is no such webhook, or several to choose from.</exception>
    public async Task<AdmissionOutcome> SendAsync(byte[] body, string? webhook = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        var target = WebhookTarget.Find(Webhooks, webhook);
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        // Contract 6.2.
        request.Headers.TryAddWithoutValidation("Accept", "application/json, */*");
        request.Headers.TryAddWithoutValidation("User-Agent", "kube-apiserver-admission");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        return new AdmissionOutcome(await ExchangeAsync(target, body, request, cancellationToken));
    }

    /// <summary>Stops the application.</summary>
    /// <returns>When it has stopped.</returns>
    public ValueTask DisposeAsync() => _stop();

    private async Task<Exchange> ExchangeAsync(WebhookTarget target, byte[] body, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Client.SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return new(target.Url, target.Name, target.IsMutating, body, (int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), answer);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The in-memory server hands on what a real one answers with 500.
            var line = $"the application threw {exception.GetType().Name}: {exception.Message}";
            return new(target.Url, target.Name, target.IsMutating, body, (int)HttpStatusCode.InternalServerError, ContentType: null, Encoding.UTF8.GetBytes(line));
        }
    }
}
