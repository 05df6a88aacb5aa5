using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using AdmissionSdk.LoadTests.Support;
using AdmissionSdk.Reviews;
using Xunit.Abstractions;

namespace AdmissionSdk.LoadTests;

/// <summary>
/// Recorded reviews with mutations: the reader either reads a review or throws its own exception, and a response to every review that was read can be
/// written. ADMISSION_FUZZ_SECONDS sets the time to run.
/// </summary>
/// <remarks>Covers <see cref="AdmissionReviewReader"/>, <see cref="AdmissionRequestReader"/>, <see cref="AdmissionReviewWriter"/>, <see cref="ReviewReadException"/>.</remarks>
public sealed class ReviewReaderFuzzTests(ITestOutputHelper output)
{
    private static readonly byte[][] Snippets =
    [
        .. new[]
        {
            "null", "{}", "[]", "\"\"", "-0", "1e999", "\\u0000", "\\ud800", "\"request\":", "\"uid\":", "\"kind\":\"AdmissionReview\",",
            "\"object\":{},", "\"operation\":\"\",", "\u202e", "\ufeff", ",", ":", "{", "}", "[", "]", "\"", "\\", "true", "99999999999999999999999",
            "\"dryRun\":\"yes\",", "\"userInfo\":[],", "\"groups\":[1],", "\"extra\":{\"a\":\"b\"},", "//", "/*", "\n",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void Read_MutatedReviews_ReadsOrThrowsItsOwnException()
    {
        var seconds = int.TryParse(Environment.GetEnvironmentVariable("ADMISSION_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var asked)
            ? asked
            : LoadSize.Of(2, 20);
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var (count, read) = (0L, 0L);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(seconds))
        {
            for (var i = 0; i < 200; i++, count++)
            {
                var body = Mutate(RecordedReviews.All[random.Next(RecordedReviews.All.Count)], random);
                try
                {
                    Respond(AdmissionReviewReader.Read(body));
                    read++;
                }
                catch (ReviewReadException)
                {
                    // The expected refusal.
                }
                catch (Exception exception)
                {
                    Assert.Fail($"seed {seed}, mutation {count}: {exception}\n{Convert.ToBase64String(body)}");
                }
            }
        }

        output.WriteLine($"ci: review reader: seed {seed}: {count} mutated reviews in {clock.Elapsed.TotalSeconds:0} s, {read} of them readable");
        Assert.True(read > 0 && read < count);
    }

    private static void Respond(AdmissionRequest request)
    {
        var written = new ArrayBufferWriter<byte>();
        AdmissionReviewWriter.Write(written, request, new AdmissionResponse { Decision = AdmissionDecision.Deny, Message = "no", Code = 403 });
        using var parsed = System.Text.Json.JsonDocument.Parse(written.WrittenMemory);
        Assert.Equal(request.Uid, parsed.RootElement.GetProperty("response").GetProperty("uid").GetString());
    }

    private static byte[] Mutate(byte[] review, Random random)
    {
        var bytes = review.ToList();
        for (var n = random.Next(1, 6); n > 0 && bytes.Count > 0; n--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Snippets[random.Next(Snippets.Length)]);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 200), bytes.Count - at)));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    var other = RecordedReviews.All[random.Next(RecordedReviews.All.Count)];
                    var from = random.Next(other.Length);
                    bytes.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(1, 300))]);
                    break;
            }
        }

        return [.. bytes];
    }
}
