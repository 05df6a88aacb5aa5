using System.Net;
using System.Net.Sockets;
using ImageRegistryWebhook.Policies;
using ImageRegistryWebhook.Registries;
using Microsoft.Extensions.Logging;

namespace ImageRegistryWebhook.Tests.Registries;

/// <summary>A question that a registry does not answer is one line of the log, without a stack trace, whatever the libraries below make of it.</summary>
/// <remarks>Covers <see cref="QuietTelemetry"/>, <see cref="RegistryLookupSetup"/>, <see cref="RegistryLookup"/>.</remarks>
public sealed class LookupLogTests
{
    [Fact]
    public async Task LookUp_NameThatDoesNotResolve_IsOneLine()
    {
        await using var rig = new LookupRig(LookupRig.Trust(("nowhere.test", null)), _ => throw new SocketException((int)SocketError.HostNotFound));

        await AssertOneLineEachAsync(rig, "nowhere.test");
    }

    [Fact]
    public async Task LookUp_NobodyListens_IsOneLine()
    {
        using var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var host = $"closed.test:{((IPEndPoint)reserved.LocalEndPoint!).Port}";
        await using var rig = new LookupRig(LookupRig.Trust((host, null)));

        await AssertOneLineEachAsync(rig, host);
    }

    [Fact]
    public async Task LookUp_NoTlsBehindThePort_IsOneLine()
    {
        await using var registry = await TestServer.StartAsync(404);
        var host = $"plain.test:{registry.Port}";
        await using var rig = new LookupRig([("Registries:0:Host", host), ("Registries:0:Networks:0", "127.0.0.1/32")]);

        await AssertOneLineEachAsync(rig, host);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(302)]
    public async Task LookUp_ResponseOfNoUse_IsOneLine(int status)
    {
        await using var registry = await TestServer.StartAsync(status);
        var host = $"broken.test:{registry.Port}";
        await using var rig = new LookupRig(LookupRig.Trust((host, null)));

        await AssertOneLineEachAsync(rig, host);
    }

    // Enough questions to open the circuit, whose opening libraries like to report too.
    private static async Task AssertOneLineEachAsync(LookupRig rig, string host)
    {
        const int Questions = 12;
        for (var i = 0; i < Questions; i++)
        {
            Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"{host}/acme/api:{i}"));
        }

        Assert.All(rig.Lines, line =>
        {
            Assert.Equal((typeof(RegistryLookup).FullName, LogLevel.Warning), (line.Category, line.Level));
            Assert.Null(line.Exception);
            Assert.DoesNotContain('\n', line.Message);
        });
        Assert.Equal(Questions, rig.Lines.Count);
    }
}
