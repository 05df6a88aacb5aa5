using System.Buffers.Binary;
using System.Text;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>HTTP/2 frames by hand (RFC 9113), for what no client library would send.</summary>
internal static class Http2Frames
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Reset = 3;
    public const byte Settings = 4;
    public const byte Ping = 6;
    public const byte Continuation = 9;

    public const byte EndStream = 1;
    public const byte EndHeaders = 4;

    private const int HeadLength = 9;
    private const int InitialWindowSize = 4;

    /// <summary>The first bytes of every connection, with a window for responses of that size on each stream.</summary>
    public static byte[] Preface(int window = 65_535) => [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, Setting(InitialWindowSize, window))];

    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeadLength + payload.Length];
        (frame[0], frame[1], frame[2], frame[3], frame[4]) = ((byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(HeadLength));
        return frame;
    }

    public static byte[] Setting(short id, int value)
    {
        var setting = new byte[6];
        BinaryPrimitives.WriteInt16BigEndian(setting, id);
        BinaryPrimitives.WriteInt32BigEndian(setting.AsSpan(2), value);
        return setting;
    }

    /// <summary>The headers of a review, to a path of the webhook.</summary>
    public static byte[] Post(string path = "/mutate?timeout=30s") =>
        [.. Header(":method", "POST"), .. Header(":scheme", "https"), .. Header(":path", path), .. Header(":authority", "localhost"), .. Header("content-type", "application/json")];

    /// <summary>A header in words, never from a table (RFC 7541, 6.2.2).</summary>
    public static byte[] Header(string name, string value) => [0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
}
