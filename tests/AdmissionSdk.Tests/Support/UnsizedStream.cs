namespace AdmissionSdk.Tests.Hosting;

/// <summary>A stream that does not tell its length, so that the body is sent in chunks.</summary>
internal sealed class UnsizedStream(byte[] bytes) : MemoryStream(bytes)
{
    public override bool CanSeek => false;
}
