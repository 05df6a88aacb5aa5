using System.Collections.Frozen;
using System.Net;
using ImageRegistryWebhook.Images;
using ImageRegistryWebhook.Policies;
using ImageRegistryWebhook.Registries;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>The look-ups as registered in the webhook, with a clock and a resolver of names of the test.</summary>
internal sealed class LookupRig : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <summary>Builds the services.</summary>
    /// <param name="settings">Settings of the section, such as <c>Registries:0:Host</c>.</param>
    /// <param name="resolve">Resolves names; to 127.0.0.1 by default.</param>
    public LookupRig(IEnumerable<(string Key, string Value)>? settings = null, Func<string, IPAddress[]>? resolve = null)
        : this(settings, (host, _) => Task.FromResult(resolve?.Invoke(host) ?? [IPAddress.Loopback]))
    {
    }

    public LookupRig(IEnumerable<(string Key, string Value)>? settings, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information).AddFakeLogging());
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            // Connections use the real clock; long, for busy machines.
            .AddInMemoryCollection([Setting("ConnectTimeout", "00:00:20")])
            .AddInMemoryCollection((settings ?? []).Select(setting => Setting(setting.Key, setting.Value)))
            .Build());
        services.AddSingleton(provider => new GuardedConnector(provider.GetRequiredService<TrustTable>(), resolve));
        services.AddRegistryLookup();
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public FakeTimeProvider Time { get; } = new();

    public IServiceProvider Services => _services;

    /// <summary>The lines at Information and above, of this code and of every library.</summary>
    public IReadOnlyList<FakeLogRecord> Lines => _services.GetFakeLogCollector().GetSnapshot();

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Cache { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Settings that allow plain http servers on loopback as registries, which the defaults forbid.</summary>
    public static IEnumerable<(string Key, string Value)> Trust(params (string Host, string? Realm)[] registries) => registries.SelectMany((registry, index) =>
        (IEnumerable<(string, string)>)
        [
            ($"Registries:{index}:Host", registry.Host),
            ($"Registries:{index}:PlainHttp", "true"),
            ($"Registries:{index}:Networks:0", "127.0.0.1/32"),
            .. registry.Realm is null ? [] : new[] { ($"Registries:{index}:TokenRealms:0", registry.Realm) },
        ]);

    /// <summary>Asks for the existence of an image, by a policy that names the image's registry.</summary>
    public async Task<Existence> ExistsAsync(string image, CancellationToken cancellationToken = default) =>
        (await LookUpAsync(RegistryQuestionKind.Existence, image, cancellationToken)).Existence;

    /// <summary>Asks for a digest, by a policy that names the image's registry.</summary>
    public async Task<string?> DigestAsync(string image)
    {
        var facts = await LookUpAsync(RegistryQuestionKind.Digest, image, default);
        Assert.True(facts.DigestAsked);
        return facts.Digest;
    }

    public ValueTask<RegistryFacts> LookUpAsync(RegistryQuestionKind kind, string image, CancellationToken cancellationToken)
    {
        Assert.True(ImageReference.TryParse(image, out var reference, out _));
        return LookUpAsync(new RegistryQuestion(kind, image, new LookupTerms(new[] { reference.Host }.ToFrozenSet(), Timeout, Cache)), cancellationToken);
    }

    public ValueTask<RegistryFacts> LookUpAsync(RegistryQuestion question, CancellationToken cancellationToken = default) =>
        _services.GetRequiredService<IRegistryLookup>().LookUpAsync(question, RegistryFacts.Unasked, cancellationToken);

    /// <summary>Writes a <c>.dockerconfigjson</c> with one user for each registry.</summary>
    public static string Credentials(string directory, params (string Registry, string User, string Password)[] credentials)
    {
        var file = Path.Combine(directory, ".dockerconfigjson");
        var auths = credentials.Select(entry => $"\"{entry.Registry}\":{{\"username\":\"{entry.User}\",\"password\":\"{entry.Password}\"}}");
        File.WriteAllText(file, $"{{\"auths\":{{{string.Join(",", auths)}}}}}");
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        // Polly waits by the clock for requests to end.
        var disposed = _services.DisposeAsync().AsTask();
        while (!disposed.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await disposed;
    }

    private static KeyValuePair<string, string?> Setting(string key, string value) => new($"{RegistryLookupOptions.Section}:{key}", value);
}
