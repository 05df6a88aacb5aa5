namespace AdmissionSdk.Recording;

/// <summary>One request and its answer, not yet redacted.</summary>
internal sealed record CapturedExchange(DateTimeOffset Time, string Webhook, string Path, int Status, ReadOnlyMemory<byte> Review, ReadOnlyMemory<byte> Answer)
{
    public int Bytes => Review.Length + Answer.Length;
}
