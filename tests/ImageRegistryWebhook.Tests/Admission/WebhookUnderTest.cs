using AdmissionSdk.Testing;
using ImageRegistryWebhook.Tests.Policies;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRegistryWebhook.Tests.Admission;

/// <summary>The program itself, in memory, with a policy of the test's.</summary>
internal sealed class WebhookUnderTest : IAsyncDisposable
{
    private readonly string _directory;

    /// <summary>Arguments for machines that are busy, where the clock is the real one.</summary>
    public static readonly IReadOnlyList<string> Patience = ["--RegistryLookup:ConnectTimeout=00:00:20", "--RegistryLookup:LongestTimeout=00:00:20"];

    private WebhookUnderTest(AdmissionTestHost host, string directory)
    {
        Host = host;
        _directory = directory;
    }

    public AdmissionTestHost Host { get; }

    /// <summary>Where the policy is, with a lock file beside it; a test may write another one.</summary>
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

    // Half a minute for each: what these tests are about is never that there was no time.
    public Task<AdmissionOutcome> MutateAsync(AdmissionReviewBuilder review) => Host.SendAsync(review, "/mutate?timeout=30s");

    public Task<AdmissionOutcome> ValidateAsync(AdmissionReviewBuilder review) => Host.SendAsync(review, "/validate?timeout=30s");

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
