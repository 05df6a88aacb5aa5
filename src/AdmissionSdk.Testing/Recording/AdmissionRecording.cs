using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Outcomes;

namespace AdmissionSdk.Testing;

/// <summary>Reviews that <c>AddReviewRecording</c> wrote in a running application, to be sent again in tests.</summary>
public sealed class AdmissionRecording
{
    private AdmissionRecording(IReadOnlyList<RecordedReview> reviews) => Reviews = reviews;

    /// <summary>The reviews, in the order of their responses.</summary>
    public IReadOnlyList<RecordedReview> Reviews { get; }

    /// <summary>Reads a recording.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The recording.</returns>
    /// <exception cref="FormatException">A line is not part of a recording.</exception>
    public static AdmissionRecording Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new([.. File.ReadLines(path).Select((line, index) => (line, index)).Where(row => row.line.Length > 0).Select(row => ReadLine(row.line, row.index + 1))]);
    }

    /// <summary>Sends every review to an application, and compares the application's decisions with the recorded decisions. Texts are not compared, because recorded texts are placeholders.</summary>
    /// <param name="host">The application. A host made from a client is called by the recorded paths.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The reviews with another decision; empty without a difference.</returns>
    /// <remarks>A policy that looks at a text needs the text's path in <c>RecordingOptions.KeepPaths</c>; otherwise the policy decides about a placeholder.</remarks>
    public async Task<IReadOnlyList<ReplayDifference>> CompareAsync(AdmissionTestHost host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        var differences = new List<ReplayDifference>();
        foreach (var recorded in Reviews)
        {
            var after = await SendAsync(host, recorded, cancellationToken);
            if ((recorded.Outcome.Decision, recorded.Outcome.Code, recorded.Outcome.HasPatch) != (after.Decision, after.Code, after.HasPatch))
            {
                differences.Add(new(recorded, recorded.Outcome, after));
            }
        }

        return differences;
    }

    /// <summary>Sends every review to two builds of an application, and compares the outcomes.</summary>
    /// <param name="before">The one build: often <see cref="AdmissionTestHost.For(HttpClient)"/> with the address of a running application.</param>
    /// <param name="after">The other build.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The reviews with another outcome; empty without a difference.</returns>
    public async Task<IReadOnlyList<ReplayDifference>> CompareAsync(AdmissionTestHost before, AdmissionTestHost after, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var differences = new List<ReplayDifference>();
        foreach (var recorded in Reviews)
        {
            var difference = new ReplayDifference(
                recorded, await SendAsync(before, recorded, cancellationToken), await SendAsync(after, recorded, cancellationToken));
            if (difference.Changes.Count > 0)
            {
                differences.Add(difference);
            }
        }

        return differences;
    }

    private static Task<AdmissionOutcome> SendAsync(AdmissionTestHost host, RecordedReview recorded, CancellationToken cancellationToken) =>
        host.SendAsync(recorded.Review, host.Webhooks.Any(webhook => webhook.Name == recorded.Webhook) ? recorded.Webhook : recorded.Path, cancellationToken);

    private static RecordedReview ReadLine(string line, int number)
    {
        try
        {
            var json = JsonNode.Parse(line, documentOptions: new JsonDocumentOptions { MaxDepth = 10_000 })!.AsObject();
            var (webhook, path) = (json["webhook"]!.GetValue<string>(), json["path"]!.GetValue<string>());
            var review = AdmissionReviewBuilder.FromReview(json["review"]!.ToJsonString());
            var response = Encoding.UTF8.GetBytes(json["response"]?.ToJsonString() ?? "");
            // Mutating webhooks may send patches, so the reading as a mutating webhook is never too strict.
            var outcome = new AdmissionOutcome(
                new Exchange(path, webhook, IsMutating: true, review.ToBytes(), json["status"]!.GetValue<int>(), "application/json", response), AdmissionJson.Default);
            return new(json["time"]!.GetValue<DateTimeOffset>(), webhook, path, review, outcome);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException or NullReferenceException or FormatException)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Line {number} is not part of a recording."), exception);
        }
    }
}
