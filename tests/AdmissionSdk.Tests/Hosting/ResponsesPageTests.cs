using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using AdmissionSdk.Connections;
using AdmissionSdk.Hosting;
using AdmissionSdk.Observability;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Shared;

namespace AdmissionSdk.Tests.Hosting;

/// <summary>The table of responses in docs/operations.md lists every reason, and requests get the listed responses.</summary>
/// <remarks>Covers docs/operations.md, <see cref="Rejection"/>, <see cref="RejectionReasons"/>, <see cref="RejectionWriter"/>, <see cref="RequestGate"/>.</remarks>
public sealed class ResponsesPageTests
{
    [Fact]
    public void Table_Reasons_AreThoseOfTheCode() => Assert.Equal(
        typeof(RejectionReasons).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        Rows().Select(row => row[1].Replace(" or none", "", StringComparison.Ordinal)).Where(reason => reason.Length > 0).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("method")]
    [InlineData("media_type")]
    [InlineData("too_large")]
    [InlineData("bytes_in_flight")]
    [InlineData("concurrent_requests")]
    [InlineData("concurrent_reviews or none")]
    public async Task Post_TurnedAway_IsAnsweredAsTheTableSays(string reason)
    {
        await using var host = await WebhookHost.StartAsync(
            webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Fail("no idea"))),
            options: options => (options.MaxRequestBodyBytes, options.MaxBytesInFlight) = (50_000, 50_000));
        if (reason == "bytes_in_flight")
        {
            Assert.True(host.Services.GetRequiredService<BodyBudget>().TryTake(50_000));
        }

        if (reason == "concurrent_requests")
        {
            while (host.Services.GetRequiredService<RequestAllowance>().TryEnter(new FeatureCollection()) is { } turn)
            {
                turn.Received();
            }
        }

        using var request = new HttpRequestMessage(reason == "method" ? HttpMethod.Put : HttpMethod.Post, "/hook")
        {
            Content = reason switch
            {
                "media_type" => new StringContent("text"),
                "too_large" => WebhookHost.Json(new byte[50_001]),
                _ => WebhookHost.Json(TestReviews.CreatePod()),
            },
        };

        using var response = await host.Client.SendAsync(request);

        var row = Rows().Single(row => row[1] == reason);
        Assert.Equal(row[0], $"{(int)response.StatusCode}");
        var line = Regex.Escape(row[2].Split(", or ")[0]).Replace("…", ".+", StringComparison.Ordinal);
        Assert.Matches($"^{line}\n$", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Post_NoSuchPath_Is404()
    {
        await using var host = await WebhookHost.StartAsync(
            webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow())));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/elsewhere") { Content = WebhookHost.Json(TestReviews.CreatePod()) };

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains(Rows(), row => row[0] == "404");
    }

    private static IReadOnlyList<string[]> Rows() =>
    [
        .. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "operations.md"))
            .SkipWhile(line => !line.StartsWith("| status | reason |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Replace("`", "", StringComparison.Ordinal).Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
    ];
}
