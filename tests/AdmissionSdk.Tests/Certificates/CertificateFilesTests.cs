using System.Net.Security;
using System.Security.Authentication;
using AdmissionSdk.Certificates;
using AdmissionSdk.Tests.Support;
using Microsoft.Extensions.Logging;
using Shared;

namespace AdmissionSdk.Tests.Certificates;

/// <summary>Certificates from files: the whole chain is sent, and a new certificate is served without a new listener.</summary>
/// <remarks>Covers <see cref="CertificateFiles"/>, <see cref="CertificateLoader"/>, <see cref="CertificateWatcher"/>, <see cref="ServingCertificate"/>, <see cref="PortableKey"/>.</remarks>
public sealed class CertificateFilesTests : IDisposable
{
    private readonly MountedSecret _secret = new();
    private readonly SerialTimeProvider _time = TlsHost.Clock();
    private readonly TestCertificate _first;

    public CertificateFilesTests()
    {
        _first = TestCertificate.Create(_time.GetUtcNow());
        _secret.Swap(_first);
    }

    public void Dispose() => _secret.Dispose();

    [Theory]
    [InlineData("localhost")]
    [InlineData("webhook.test.svc")]
    public async Task Handshake_CertificateWithIntermediate_SendsBoth(string hostName)
    {
        // The client knows only the root, so the handshake fails unless the intermediate comes along.
        await using var host = await StartAsync();

        Assert.Equal(_first.Thumbprint, (await host.HandshakeAsync(_first.Root, hostName)).Thumbprint);
    }

    [Fact]
    public async Task Handshake_ClientOffersHttp2_Negotiates()
    {
        // The API server speaks HTTP/2 to loopback addresses (contract 6.3).
        await using var host = await StartAsync();

        Assert.Equal(SslApplicationProtocol.Http2, (await host.HandshakeAsync(_first.Root)).Protocol);
    }

    [Fact]
    public async Task Poll_SecretWasSwapped_ServesTheNewCertificate()
    {
        await using var host = await StartAsync();
        var second = TestCertificate.Create(_time.GetUtcNow());

        _secret.Swap(second);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(second.Thumbprint, (await host.HandshakeAsync(second.Root)).Thumbprint);
        await Assert.ThrowsAsync<AuthenticationException>(() => host.HandshakeAsync(_first.Root));
        var line = host.Logs.Last(record => record.Id.Name == "CertificateLoaded");
        Assert.Equal(LogLevel.Information, line.Level);
        Assert.EndsWith(" 1 intermediates", line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DirectoryIsMissing_SaysThatItPolls()
    {
        await using var host = await TlsHost.StartAsync(
            options => options.CertificatePath = "/nowhere/at/all/tls.crt", _time, builder => builder.Logging.SetMinimumLevel(LogLevel.Debug));

        Assert.Contains(host.Logs, record => record.Id.Name == "CertificateNotWatched" && record.Level == LogLevel.Debug);
    }

    [Fact]
    public async Task Watch_SecretWasSwapped_ServesTheNewCertificateBeforeThePoll()
    {
        await using var host = await StartAsync(options => options.PollInterval = TimeSpan.FromDays(1));
        var second = TestCertificate.Create(_time.GetUtcNow());
        var before = host.Serving.Pem;

        _secret.Swap(second);

        // The file system reports in its own time; the watcher then waits by the clock of the test.
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (host.Serving.Pem == before)
        {
            patience.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        Assert.Equal(second.Thumbprint, (await host.HandshakeAsync(second.Root)).Thumbprint);
        Assert.True(_time.GetUtcNow() - _time.Start < TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Poll_NewFilesAreBad_KeepsTheLastGoodOneAndSaysSoOnce()
    {
        await using var host = await StartAsync();
        var other = TestCertificate.Create(_time.GetUtcNow());

        _secret.Swap(other.CertificatePem, _first.KeyPem);
        _time.Advance(TimeSpan.FromSeconds(30));
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(_first.Thumbprint, (await host.HandshakeAsync(_first.Root)).Thumbprint);
        var line = Assert.Single(host.Logs, record => record.Id.Name == "CertificateRejected");
        Assert.Equal(LogLevel.Error, line.Level);

        _secret.Swap(other);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(other.Thumbprint, (await host.HandshakeAsync(other.Root)).Thumbprint);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public async Task Poll_NewCertificateIsNotValidNow_KeepsTheLastGoodOne(int issuedDaysFromNow)
    {
        await using var host = await StartAsync();

        _secret.Swap(TestCertificate.Create(_time.GetUtcNow().AddDays(issuedDaysFromNow), lifetime: TimeSpan.FromDays(1)));
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(_first.Thumbprint, (await host.HandshakeAsync(_first.Root)).Thumbprint);
        Assert.Single(host.Logs, record => record.Id.Name == "CertificateRejected");
    }

    [Fact]
    public async Task Start_FilesAreMissing_ServesOnceTheyAppear()
    {
        using var secret = new MountedSecret();
        await using var host = await TlsHost.StartAsync(options => options.CertificatePath = secret.CertificatePath, _time);

        Assert.False(host.Serving.IsUsable);
        Assert.Null(host.Serving.NotAfter);
        await Assert.ThrowsAnyAsync<Exception>(() => host.HandshakeAsync(_first.Root));
        Assert.Single(host.Logs, record => record.Id.Name == "CertificateMissing");

        secret.Swap(_first);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(host.Serving.IsUsable);
        Assert.Equal(_first.Thumbprint, (await host.HandshakeAsync(_first.Root)).Thumbprint);
    }

    [Fact]
    public async Task IsUsable_CertificateExpires_TurnsFalse()
    {
        await using var host = await StartAsync(options => options.PollInterval = TimeSpan.FromDays(40));
        Assert.True(host.Serving.IsUsable);

        _time.Advance(TimeSpan.FromDays(91));

        Assert.False(host.Serving.IsUsable);
    }

    private Task<TlsHost> StartAsync(Action<AdmissionTlsOptions>? configure = null) =>
        TlsHost.StartAsync(
            options =>
            {
                options.CertificatePath = _secret.CertificatePath;
                configure?.Invoke(options);
            },
            _time);
}
