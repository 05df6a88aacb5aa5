using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageRegistryWebhook.Hosting;

namespace ImageRegistryWebhook.Tests.Hosting;

/// <summary>The command that the program logs at the start works, with the logged file and port.</summary>
/// <remarks>Covers <see cref="StartHint"/>.</remarks>
public sealed partial class StartHintTests
{
    [Fact]
    public async Task Start_ByHand_PrintsACommandThatGetsAPatch()
    {
        // The first review runs code for the first time; on a busy machine that takes longer than the usual timeout.
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "image-registry-webhook.dll"), "--port", "0", "--AdmissionWebhooks:DefaultTimeout=30s"];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.Combine(Shared.Repository.Root, "samples", "ImageRegistryWebhook"),
        };
        using var process = Process.Start(start)!;
        try
        {
            var command = await CommandAsync(process.StandardOutput);

            var patch = await PostAsync(command);

            Assert.Contains("registry.example.com/library/nginx:1.9", patch, StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
        }
    }

    private static async Task<Match> CommandAsync(StreamReader output)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var seen = new StringBuilder();
        while (await output.ReadLineAsync(patience.Token) is { } line)
        {
            seen.AppendLine(line);
            if (Curl().Match(line) is { Success: true } command)
            {
                return command;
            }
        }

        throw new InvalidOperationException($"The program ended without telling what to try:\n{seen}");
    }

    private static async Task<string> PostAsync(Match command)
    {
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        using var client = new HttpClient(handler);
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(command.Groups["file"].Value));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(command.Groups["type"].Value);
        using var response = await client.PostAsync(new Uri(command.Groups["address"].Value), content);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return Encoding.UTF8.GetString(Convert.FromBase64String((string)JsonNode.Parse(body)!["response"]!["patch"]!));
    }

    [GeneratedRegex("curl --insecure -H 'Content-Type: (?<type>[^']+)' --data @(?<file>\\S+) (?<address>https://localhost:[0-9]+/mutate)")]
    private static partial Regex Curl();
}
