using System.Runtime.Versioning;
using AdmissionSdk.Certificates;
using AdmissionSdk.Tests.Support;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Tests.Certificates;

/// <summary>A restart serves the same development certificate, so that it needs no new <c>apply</c>.</summary>
/// <remarks>Covers <see cref="DevelopmentCertificateFile"/>, <see cref="PrivateFile"/>, <see cref="CertificateLoader"/>.</remarks>
[UnsupportedOSPlatform("windows")]
public sealed class DevelopmentCertificateFileTests : IDisposable
{
    private readonly string _store = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose()
    {
        if (Directory.Exists(_store))
        {
            Directory.Delete(_store, recursive: true);
        }
    }

    [Fact]
    public async Task Start_Again_ServesTheSameCertificate()
    {
        var first = await ServeAsync();

        Assert.Equal(first, await ServeAsync());
    }

    [Fact]
    public async Task Start_First_WritesAFileForItsOwnerOnly()
    {
        await ServeAsync();

        var file = Assert.Single(Directory.GetFiles(_store));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_store));
    }

    [Theory]
    [InlineData("others may read the key")]
    [InlineData("damaged")]
    [InlineData("a directory")]
    public async Task Start_FileThatCannotBeTrusted_MakesAnother(string fault)
    {
        var first = await ServeAsync();
        var file = Directory.GetFiles(_store).Single();
        switch (fault)
        {
            case "others may read the key":
                File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.OtherRead);
                break;
            case "damaged":
                await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file))[..300]);
                break;
            default:
                File.Delete(file);
                Directory.CreateDirectory(file);
                break;
        }

        var second = await ServeAsync();

        Assert.NotEqual(first, second);
        Assert.Equal(fault != "a directory", await ServeAsync() == second);
    }

    [Fact]
    public async Task Start_AnotherHostName_MakesACertificateWithIt()
    {
        var first = await ServeAsync();

        var second = await ServeAsync("webhook.team.svc");

        Assert.NotEqual(first, second);
        Assert.Equal(second, await ServeAsync("webhook.team.svc"));
    }

    [Fact]
    public async Task Start_SixDaysBeforeTheEnd_MakesAnother()
    {
        var first = await ServeAsync();
        var time = TlsHost.Clock();

        time.Advance(TimeSpan.FromDays(350));
        Assert.Equal(first, await ServeAsync(time: time));
        time.Advance(TimeSpan.FromDays(9));

        Assert.NotEqual(first, await ServeAsync(time: time));
    }

    [Fact]
    public async Task Start_StoreThatCannotBeWritten_ServesFromMemory()
    {
        await File.WriteAllTextAsync(_store, "a file in the place of the directory");
        try
        {
            await using var host = await TlsHost.StartAsync(
                options => options.DevelopmentStore = _store, configure: builder => builder.Logging.SetMinimumLevel(LogLevel.Debug));

            Assert.True(host.Serving.IsUsable);
            Assert.Single(host.Logs, record => record.Id.Name == "DevelopmentCertificateNotKept");
        }
        finally
        {
            File.Delete(_store);
        }
    }

    private async Task<string> ServeAsync(string? hostName = null, TimeProvider? time = null)
    {
        await using var host = await TlsHost.StartAsync(
            options =>
            {
                options.DevelopmentStore = _store;
                if (hostName is not null)
                {
                    options.DevelopmentHostNames.Add(hostName);
                }
            },
            time);
        return host.Serving.Pem!;
    }
}
