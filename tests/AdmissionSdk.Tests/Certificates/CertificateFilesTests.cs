using System.Net.Security;
using System.Security.Authentication;
using AdmissionSdk.Certificates;
using AdmissionSdk.Tests.Support;
using Microsoft.Extensions.Logging;
using Shared;

namespace AdmissionSdk.Tests.Certificates;

/// <summary>Certificates from files: the whole chain is sent, and a new certificate is served without a new listener.</summary>
/// <remarks>Covers <see cref="CertificateFiles"/>, <see cref="CertificateFileException"/>, <see cref="CertificatePems"/>, <see cref="CertificateLoader"/>, <see cref="CertificateWatcher"/>, <see cref="ServingCertificate"/>, <see cref="PortableKey"/>.</remarks>
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
    [MemberData(nameof(Misuses))]
    public async Task Poll_FilesAreMisused_KeepsTheLastGoodOneAndBlamesTheRightFile(string misuse, bool isKey, string reason)
    {
        await using var host = await StartAsync();
        var (certificate, key) = Misuse(misuse);

        _secret.Swap(certificate, key);
        _time.Advance(TimeSpan.FromSeconds(30));

        var line = Assert.Single(host.Logs, record => record.Id.Name == "CertificateRejected");
        Assert.Equal(
            $"The new certificate {(isKey ? _secret.KeyPath : _secret.CertificatePath)} is not used, the previous one stays: {reason}", line.Message);
        Assert.Equal(_first.Thumbprint, (await host.HandshakeAsync(_first.Root)).Thumbprint);
    }

    [Theory]
    [MemberData(nameof(Misuses))]
    public async Task Start_FilesAreMisused_BlamesTheRightFileAndServesOnceTheyAreGood(string misuse, bool isKey, string reason)
    {
        var (certificate, key) = Misuse(misuse);
        _secret.Swap(certificate, key);
        await using var host = await StartAsync();

        var line = Assert.Single(host.Logs, record => record.Id.Name == "CertificateMissing");
        Assert.Equal(
            $"Cannot load a serving certificate from {(isKey ? _secret.KeyPath : _secret.CertificatePath)}, and no review can be answered: {reason}", line.Message);
        Assert.False(host.Serving.IsUsable);

        _secret.Swap(_first);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(_first.Thumbprint, (await host.HandshakeAsync(_first.Root)).Thumbprint);
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

    public static TheoryData<string, bool, string> Misuses() => new()
    {
        { "key of another certificate", true, "the private key belongs to another certificate; are the two files from one moment and one issuer?" },
        { "encrypted key", true, "the private key is encrypted; write it without a password, as openssl pkey -in FILE -out FILE does" },
        { "authority first", false, "the private key belongs to certificate number 2 of the file, and must belong to the first: put the serving certificate first, then its intermediates" },
        { "Ed25519", false, "the certificate has an Ed25519 or Ed448 key, which TLS in .NET cannot use; issue a certificate with an ECDSA P-256 or an RSA key" },
        { "exchanged", false, "the file holds a private key and no certificate; are the paths of certificate and key exchanged?" },
        { "two certificates", true, "the file holds a certificate and no private key; are the paths of certificate and key exchanged?" },
        { "empty certificate", false, "the file holds no certificate in PEM (-----BEGIN CERTIFICATE-----)" },
        { "half a certificate", false, "the file holds no certificate in PEM (-----BEGIN CERTIFICATE-----)" },
        { "damaged certificate", false, "a certificate in the file cannot be read; is the file complete, and in PEM?" },
        { "empty key", true, "the file holds no private key in PEM (-----BEGIN PRIVATE KEY-----)" },
        { "damaged key", true, "the private key cannot be read; it must be an unencrypted ECDSA or RSA key in PEM" },
    };

    private (string Certificate, string Key) Misuse(string name) => name switch
    {
        "key of another certificate" => (_first.CertificatePem, TestCertificate.Create(_time.GetUtcNow()).KeyPem),
        "encrypted key" => (_first.CertificatePem, _first.EncryptedKeyPem),
        "authority first" => (_first.ReversedPem, _first.KeyPem),
        "Ed25519" => (Fixture("ed25519.crt"), Fixture("ed25519.key")),
        "exchanged" => (_first.KeyPem, _first.CertificatePem),
        "two certificates" => (_first.CertificatePem, _first.CertificatePem),
        "empty certificate" => ("", _first.KeyPem),
        "half a certificate" => (_first.CertificatePem[..200], _first.KeyPem),
        "damaged certificate" => ("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", _first.KeyPem),
        "empty key" => (_first.CertificatePem, ""),
        "damaged key" => (_first.CertificatePem, "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static string Fixture(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "certificates", name));

    private Task<TlsHost> StartAsync(Action<AdmissionTlsOptions>? configure = null) =>
        TlsHost.StartAsync(
            options =>
            {
                options.CertificatePath = _secret.CertificatePath;
                configure?.Invoke(options);
            },
            _time);
}
