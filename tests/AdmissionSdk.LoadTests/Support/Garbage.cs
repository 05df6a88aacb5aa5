using System.IO.Compression;
using System.Text;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>A body that is not a review, or a review of an object that is not a Pod, with the status that the response must have.</summary>
internal sealed record Garbage(string Kind, byte[] Body, int Status, bool IsCompressed = false)
{
    private const string Head = "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":";
    private static readonly byte[] Review = RecordedReviews.Pod.AsSpan().TrimEnd("\n"u8).ToArray();

    // Each kind as the whole request, and inside the object of a good review, as the API server would bring the garbage.
    private static readonly Func<Random, Garbage>[] Kinds =
    [
        random => new("random bytes", Noise(random), 400),
        random => new("truncated JSON", Review[..random.Next(Review.Length)], 400),
        random => new("deep nesting", Text($"{Head}{Nested(random.Next(1, 20_000))}}}"), 400),
        random => new("deep nesting in the object", InObject($"\"garbage\":{Nested(random.Next(1, 9_000))}"), 200),
        random => new("deepest nesting in the object", InObject($"\"garbage\":{Nested(random.Next(11_000, 20_000))}"), 400),
        random => new("huge number", Text($"{Head}{{\"uid\":{Number(random)}}}}}"), 400),
        random => new("huge number in the object", InObject($"\"garbage\":{Number(random)}"), 200),
        random => new("huge number where an int belongs", InObject($"\"spec\":{{\"priority\":{Number(random)}}}"), 200),
        random => new("duplicate keys", Text($"{Head}{Repeated(random, "{\"uid\":\"a\",\"uid\":\"b\"}", "\"request\":")},\"kind\":1}}"), 400),
        random => new("duplicate keys of a good review", Text($"{{\"request\":{Repeated(random, "{}", "\"request\":")},{Encoding.UTF8.GetString(Review)[1..]}"), 200),
        random => new("duplicate keys in the object", InObject($"\"metadata\":{Repeated(random, "{\"labels\":{\"a\":\"b\",\"a\":\"c\"}}", "\"metadata\":")}"), 200),
        random => new("invalid UTF-8", WithByte(Review, random.Next(Review.Length), 0xff), 400),
        _ => new("UTF-16", Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(Review)), 400),
        _ => new("gzip", Packed(), 415, IsCompressed: true),
        _ => new("gzip that does not say so", Packed(), 400),
        _ => new("half a surrogate pair", Text($"{Head}{{\"uid\":\"\\ud800\"}}}}"), 400),
        _ => new("half a surrogate pair in the object", InObject("\"garbage\":\"\\ud800\""), 200),
        _ => new("half a surrogate pair in a name", InObject("\"metadata\":{\"name\":\"\\ud800\"}"), 200),
    ];

    public static int KindCount => Kinds.Length;

    public static Garbage Of(int kind, Random random) => Kinds[kind](random);

    public ByteArrayContent ToContent()
    {
        var content = LoadHost.Json(Body);
        if (IsCompressed)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        return content;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] InObject(string member)
    {
        var text = Encoding.UTF8.GetString(Review);
        var changed = text.Replace("\"object\":{", $"\"object\":{{{member},", StringComparison.Ordinal);
        return changed.Length > text.Length ? Text(changed) : throw new InvalidOperationException("The recorded review has no object: record create-pods.json again.");
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static string Number(Random random) => $"{new string('9', random.Next(1, 3_000))}e{random.Next()}";

    private static string Repeated(Random random, string value, string name) => string.Join($",{name}", Enumerable.Repeat(value, random.Next(2, 300)));

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(5_000)];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] WithByte(byte[] review, int at, byte value)
    {
        var copy = review.ToArray();
        copy[at] = value;
        return copy;
    }

    private static byte[] Packed()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Review);
        }

        return packed.ToArray();
    }
}
