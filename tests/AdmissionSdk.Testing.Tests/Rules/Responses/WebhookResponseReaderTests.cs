using System.Text;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Responses;
using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Calls;
using AdmissionSdk.Testing.Tests.Simulation.Support;

namespace AdmissionSdk.Testing.Tests.Rules.Responses;

/// <summary>Responses that Go's decoder reads otherwise than .NET's, or does not read (contract 9.3, 9.4).</summary>
/// <remarks>Covers <see cref="WebhookResponseReader"/>, <see cref="WebhookResponseFields"/>, <see cref="WebhookResponseStatus"/>, <see cref="GoJsonReader"/>, <see cref="GoText"/>, <see cref="GoMediaType"/>, <see cref="HttpStatusText"/>.</remarks>
public sealed class WebhookResponseReaderTests
{
    private const string Start = "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"response\":";

    [Fact]
    public void Read_RepeatedMember_TheLastOneCounts() =>
        Assert.Equal("two", (string?)Read("""{"uid":"u","allowed":true,"allowed":false,"status":{"message":"one"},"status":{"message":"two"}}""").Status!["message"]);

    [Fact]
    public void Read_RepeatedObject_IsReadIntoTheFirst()
    {
        var response = WebhookResponseReader.Read(Encoding.UTF8.GetBytes(Start + """{"uid":"u","allowed":true},"response":{"warnings":["w"]}}"""), "v1", "u", mutating: true);

        Assert.True(response.Allowed);
        Assert.Equal(["w"], response.Warnings);
    }

    [Fact]
    public void Read_TextThatIsNoUnicode_IsReplaced() =>
        Assert.Equal(["a\uFFFDb", "\uFFFD", "é\"\n"], Read("""{"uid":"u","allowed":true,"warnings":["a\ud83db","XX","\u00e9\"\n"]}""", 0xFF).Warnings.Select(text => text.Replace("\uFFFD\uFFFD", "\uFFFD", StringComparison.Ordinal)));

    [Theory]
    [InlineData("""{"retryAfterSeconds":"5"}""")]
    [InlineData("""{"name":5}""")]
    [InlineData("""{"causes":{}}""")]
    [InlineData("""{"causes":["x"]}""")]
    [InlineData("""{"causes":[{"field":true}]}""")]
    public void Read_DetailsOfAnotherType_AreAFailedCall(string details)
    {
        var exception = Assert.Throws<CallFailedException>(() => Read($$$"""{"uid":"u","allowed":false,"status":{"details":{{{details}}}}}"""));

        Assert.StartsWith("failed to call webhook: json: cannot unmarshal ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Details_AreThoseTheApiServerKnows() =>
        Assert.Equal(
            """{"name":"n","causes":[{"reason":"r","field":"f"}],"retryAfterSeconds":5}""",
            Read("""{"uid":"u","allowed":false,"status":{"details":{"retryAfterSeconds":5,"own":1,"causes":[{"field":"f","reason":"r","more":2}],"name":"n"}}}""").Status!["details"]!.ToJsonString());

    [Theory]
    [InlineData(406, "", "text/plain", "the server was unable to respond with a content type that the client supports")]
    [InlineData(406, "{}", "application/json", "the server was unable to respond with a content type that the client supports")]
    [InlineData(406, "only YAML", "text/plain", "only YAML")]
    [InlineData(500, "a\tb\rc\u0001\u00e9\u200b", "text/plain", "an error on the server (\"a\\tb\\rc\\x01é\\u200b\") has prevented the request from succeeding")]
    [InlineData(500, "x", "Text/Plain ; charset=utf-8", "an error on the server (\"x\") has prevented the request from succeeding")]
    // An unreadable media type comes before the status.
    [InlineData(404, "", "text html", "Internal error occurred: mime: expected slash after first token")]
    [InlineData(200, "", "text/", "Internal error occurred: mime: expected token after slash")]
    [InlineData(200, "", "text/plain extra", "Internal error occurred: mime: unexpected content after media subtype")]
    [InlineData(200, "", ";", "Internal error occurred: mime: no media type")]
    [InlineData(200, "", "text/plain; charset", "Internal error occurred: mime: invalid media parameter")]
    [InlineData(200, "", "text/plain; a=1; a=2", "Internal error occurred: mime: duplicate parameter name")]
    // Readable media types.
    [InlineData(404, "", "json", "the server could not find the requested resource")]
    [InlineData(404, "", "text/plain; a=\"x;y\"; ", "the server could not find the requested resource")]
    [InlineData(404, "", "text/plain;", "the server could not find the requested resource")]
    public async Task Create_ResponseWithoutAReview_FailsInTheClientsWords(int code, string body, string contentType, string reason)
    {
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(new FakeApp().On("/a", _ => FakeApp.Body(code, body, contentType)).Client, TestWebhook.Configuration("c", TestWebhook.Mutating("a")));

        var response = await server.CreateAsync(TestWebhook.Map("m"));

        Assert.Equal($"Internal error occurred: failed calling webhook \"a.test.example.com\": failed to call webhook: {reason}", response.Message);
    }

    private static WebhookResponse Read(string response, byte? filler = null)
    {
        var body = Encoding.UTF8.GetBytes(Start + response + "}");
        if (filler is { } odd)
        {
            var at = body.AsSpan().IndexOf("XX"u8);
            body.AsSpan(at, 2).Fill(odd);
        }

        return WebhookResponseReader.Read(body, "v1", "u", mutating: true);
    }
}
