using System.Diagnostics;
using AdmissionSdk.Testing.Hosting;
using AdmissionSdk.Testing.Tests.App;
using AdmissionSdk.Testing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Testing.Tests.Hosting;

/// <summary>A user's own Program, in memory. The program asks for a forbidden port, so a test that really listened would fail.</summary>
/// <remarks>Covers <see cref="ProgramHost"/>, <see cref="InMemoryServer"/>, <see cref="AdmissionTestHost"/>.</remarks>
public sealed class ProgramHostTests
{
    [Fact]
    public async Task Start_WhileOtherHostsAreAnnounced_Ends()
    {
        // .NET announces hosts under a lock, which a subscription that ends takes too.
        using var done = new CancellationTokenSource();
        var announcing = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                new DiagnosticListener("Microsoft.Extensions.Hosting").Dispose();
            }
        });

        for (var i = 0; i < 20; i++)
        {
            var host = await AdmissionTestHost.StartAsync<Greeting>().WaitAsync(TimeSpan.FromSeconds(30));
            await host.DisposeAsync();
        }

        await done.CancelAsync();
        await announcing;
    }

    [Fact]
    public async Task Start_Program_ServesItsWebhooks()
    {
        await using var host = await AdmissionTestHost.StartAsync<Greeting>();

        var outcome = await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()));

        Assert.Equal("from the program in Development", outcome.EnsureDenied().Message);
        Assert.Equal("pods.app.example.com", Assert.Single(host.Webhooks).Name);
    }

    [Fact]
    public async Task Start_WithFakesAndArguments_UsesThem()
    {
        await using var host = await AdmissionTestHost.StartAsync<Greeting>(
            services => services.AddSingleton(new Greeting("from the test")),
            ["--environment=Staging"]);

        Assert.Equal("from the test in Staging", (await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()))).Message);
    }

    [Fact]
    public async Task Dispose_OutsideDevelopment_DoesNotDrain()
    {
        // Nobody is routed to a server in memory. The clock stands still: a delay would not end.
        var host = await AdmissionTestHost.StartAsync<Greeting>(services => services.AddSingleton<TimeProvider>(new FakeTimeProvider()), ["--environment=Production"]);

        await host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Start_TwoAtOnce_DoNotMeet()
    {
        string[] names = ["one", "two", "three"];

        var answers = await Task.WhenAll(names.Select(async name =>
        {
            await using var host = await AdmissionTestHost.StartAsync<Greeting>(
                services => services.AddSingleton(new Greeting(name)));
            return (await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()))).Message!;
        }));

        Assert.Equal(["one in Development", "two in Development", "three in Development"], answers);
    }

    [Fact]
    public async Task Start_ProgramThatThrows_ThrowsTheSame()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => AdmissionTestHost.StartAsync<Greeting>(args: ["--fail"]));

        Assert.Equal("the program failed", exception.Message);
    }

    [Fact]
    public async Task Start_ProgramThatIsGoneBeforeItIsLookedAt_ThrowsTheSame()
    {
        // If the machine is busy, the caller may hear of the host after the services are disposed.
        using var gone = new SignalOnDispose();
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new LateContext(gone));
        var start = AdmissionTestHost.StartAsync<Greeting>(services => services.AddSingleton(_ => gone).AddHostedService<FailingService>());
        SynchronizationContext.SetSynchronizationContext(before);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => start);

        Assert.Equal("the service does not start", exception.Message);
    }

    [Fact]
    public async Task Start_ProgramThatRunsNoHost_SaysSo()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => AdmissionTestHost.StartAsync<Greeting>(args: ["--help"]));

        Assert.Contains("ended before its host had started", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ProgramThatCatchesItsException_NamesTheCause()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => AdmissionTestHost.StartAsync<Greeting>(args: ["--catch"]));

        Assert.Contains("ended before its host had started, with exit code 3. The program's last exception was FormatException: the setting is wrong", exception.Message, StringComparison.Ordinal);
        Assert.IsType<FormatException>(exception.InnerException);
    }

    [Fact]
    public async Task Start_Library_SaysSo()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => AdmissionTestHost.StartAsync<AdmissionResult>());

        Assert.Contains("is not a program", exception.Message, StringComparison.Ordinal);
    }

    private sealed class SignalOnDispose : IDisposable
    {
        private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Disposed => _disposed.Task;

        public void Dispose() => _disposed.TrySetResult();
    }

    private sealed class FailingService(SignalOnDispose signal) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) =>
            throw new InvalidOperationException(signal.Disposed.IsCompleted ? "too early" : "the service does not start");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Continues callers only when the program's services are gone.</summary>
    private sealed class LateContext(SignalOnDispose signal) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) =>
            _ = signal.Disposed.ContinueWith(_ => d(state), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
