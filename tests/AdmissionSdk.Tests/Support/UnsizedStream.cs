namespace AdmissionSdk.Tests.Support;

/// <summary>A stream of unknown length, so that the body is sent in chunks.</summary>
internal sealed class UnsizedStream(byte[] bytes) : MemoryStream(bytes)
{
    public override bool CanSeek => false;
}
