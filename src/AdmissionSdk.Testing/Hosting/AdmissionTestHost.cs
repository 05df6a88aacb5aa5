using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AdmissionSdk.Registration;
using AdmissionSdk.Testing.Hosting;
using AdmissionSdk.Testing.Outcomes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Testing;

/// <summary>Your own application in memory, without a port: bytes in, bytes out, through the application's production pipeline.</summary>
public sealed class AdmissionTestHost : IAsyncDisposable
{
    private readonly IServiceProvider? _services;
    private readonly AdmissionJson _json;
    private readonly Func<ValueTask> _stop;

    private AdmissionTestHost(HttpClient client, IServiceProvider? services, Func<ValueTask> stop)
    {
        Client = client;
        _services = services;
        // Read now, because an outcome may outlive the application.
        _json = services?.GetService<AdmissionJson>() ?? AdmissionJson.Default;
        _stop = stop;
        Webhooks = services?.GetService<WebhookRegistry>()?.Webhooks ?? [];
    }

    /// <summary>The client that reaches the application, for requests that are not reviews, and for a <see cref="Simulation.SimulatedApiServer"/>.</summary>
    public HttpClient Client { get; }

    /// <summary>The application's services.</summary>
    /// <exception cref="InvalidOperationException">The host was made from a client only.</exception>
    public IServiceProvider Services => _services ?? throw new InvalidOperationException("A host made from an HttpClient does not know the application's services.");

    /// <summary>The webhooks as the application registered them; empty when the host was made from a client only.</summary>
    public IReadOnlyList<WebhookDescriptor> Webhooks { get; }

    /// <summary>Starts an application of its own, with the webhooks that a test registers.</summary>
    /// <param name="services">Registers the webhooks: <c>services => services.AddAdmissionWebhooks().AddMutator…</c>, and the services that their handlers need.</param>
    /// <param name="app">The pipeline. Default: <c>app => app.MapAdmissionWebhooks()</c>; a pipeline of your own has to map the webhooks too.</param>
    /// <param name="environment">The environment. Default <c>Development</c>, in which failures have their exception's message, and the response to a validator that edits says so.</param>
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

    /// <summary>Starts your own program, with an in-memory server in place of its listeners. A further package is not needed.</summary>
    /// <typeparam name="TEntryPoint">A class of the program's assembly, such as <c>Program</c>. The assembly's <c>Main</c> must build and run a host.</typeparam>
    /// <param name="services">Puts fakes in place, after the program's own registrations. Default: nothing.</param>
    /// <param name="args">The program's arguments, configuration included. Default <c>--environment=Development</c>. Add <c>--contentRoot=…</c> if the program reads files beside its project.</param>
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
    /// <param name="webhook">The webhook's name, or its path with a leading slash. May be left out if the application has a single webhook.</param>
    /// <param name="cancellationToken">Hangs up.</param>
    /// <returns>The outcome of the review.</returns>
    /// <exception cref="ArgumentException">The application has no webhook of the name, or has several webhooks and the call names none.</exception>
    public Task<AdmissionOutcome> SendAsync(AdmissionReviewBuilder review, string? webhook = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(review);
        return SendAsync(review.ToBytes(), webhook, cancellationToken);
    }

    /// <summary>Sends a body that need not be a review.</summary>
    /// <param name="body">The body.</param>
    /// <param name="webhook">The webhook's name, or its path with a leading slash. May be left out if the application has a single webhook.</param>
    /// <param name="cancellationToken">Hangs up.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="ArgumentException">The application has no webhook of the name, or has several webhooks and the call names none.</exception>
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
        return new AdmissionOutcome(await ExchangeAsync(target, body, request, cancellationToken), _json);
    }

    /// <summary>Stops the application.</summary>
    /// <returns>A task that ends when the application has stopped.</returns>
    public ValueTask DisposeAsync() => _stop();

    private async Task<Exchange> ExchangeAsync(WebhookTarget target, byte[] body, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Client.SendAsync(request, cancellationToken);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return new(target.Url, target.Name, target.IsMutating, body, (int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), bytes);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A real server turns the exception into a 500; the in-memory server hands the exception on.
            var line = $"the application threw {exception.GetType().Name}: {exception.Message}";
            return new(target.Url, target.Name, target.IsMutating, body, (int)HttpStatusCode.InternalServerError, ContentType: null, Encoding.UTF8.GetBytes(line));
        }
    }
}
