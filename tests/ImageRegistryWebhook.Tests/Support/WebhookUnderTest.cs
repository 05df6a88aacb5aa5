using AdmissionSdk.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>The program in memory, with a policy of the test.</summary>
internal sealed class WebhookUnderTest : IAsyncDisposable
{
    private readonly string _directory;

    /// <summary>Arguments for busy machines, for tests with the real clock.</summary>
    public static readonly IReadOnlyList<string> Patience = ["--RegistryLookup:ConnectTimeout=00:00:20", "--RegistryLookup:LongestTimeout=00:00:20"];

    private WebhookUnderTest(AdmissionTestHost host, string directory)
    {
        Host = host;
        _directory = directory;
    }

    public AdmissionTestHost Host { get; }

    /// <summary>The path of the policy, with a lock file beside it. A test may write another policy.</summary>
    public string PolicyPath => Path.Combine(_directory, "policy.yaml");

    public static Task<WebhookUnderTest> StartAsync(string policy, params string[] arguments) => StartAsync(policy, null, arguments);

    public static async Task<WebhookUnderTest> StartAsync(string policy, Action<IServiceCollection>? services, params string[] arguments)
    {
        var directory = Directory.CreateTempSubdirectory("image-registry-webhook-").FullName;
        var file = Path.Combine(directory, "policy.yaml");
        await File.WriteAllTextAsync(file, policy);
        await File.WriteAllTextAsync(Path.Combine(directory, "images.lock"), PolicyText.Lock);
        try
        {
            var host = await AdmissionTestHost.StartAsync<Program>(
                services,
                [
                    "--environment=Development",
                    $"--contentRoot={AppContext.BaseDirectory}",
                    $"--PolicyFile={file}",
                    $"--AdmissionWebhooks:Tls:DevelopmentCertificatePath={Path.Combine(directory, "certificate.pem")}",
                    "--Logging:LogLevel:Default=None",
                    .. arguments,
                ]);
            return new WebhookUnderTest(host, directory);
        }
        catch
        {
            Directory.Delete(directory, recursive: true);
            throw;
        }
    }

    // A long timeout, since these tests are not about time.
    public Task<AdmissionOutcome> MutateAsync(AdmissionReviewBuilder review) => Host.SendAsync(review, "/mutate?timeout=30s");

    public Task<AdmissionOutcome> ValidateAsync(AdmissionReviewBuilder review) => Host.SendAsync(review, "/validate?timeout=30s");

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
