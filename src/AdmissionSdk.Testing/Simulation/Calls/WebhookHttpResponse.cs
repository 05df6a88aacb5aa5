namespace AdmissionSdk.Testing.Simulation.Calls;

/// <summary>The HTTP response. RetryAfter is set if the API server's client would try again (contract 8.4).</summary>
internal sealed record WebhookHttpResponse(int Code, string? ContentType, byte[] Body, TimeSpan? RetryAfter)
{
    public static WebhookHttpResponse None { get; } = new(0, null, [], null);
}
