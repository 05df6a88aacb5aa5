namespace AdmissionSdk.Recording;

/// <summary>One request and its response, not yet redacted.</summary>
internal sealed record CapturedExchange(DateTimeOffset Time, string Webhook, string Path, int Status, ReadOnlyMemory<byte> Review, ReadOnlyMemory<byte> Response)
{
    public int Bytes => Review.Length + Response.Length;
}
