namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>The HTTP request that a webhook received.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="Headers">The headers that the API server's client chooses.</param>
/// <param name="Body">The review.</param>
internal sealed record WebhookRequest(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public static IReadOnlyList<string> HeaderNames { get; } = ["Accept", "Accept-Encoding", "Content-Type", "User-Agent"];
}
