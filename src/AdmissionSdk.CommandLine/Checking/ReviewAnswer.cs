using System.Text;
using System.Text.Json;
using AdmissionSdk.Patching;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>What a webhook answered.</summary>
/// <param name="Failure">Why it could not decide; null if it could.</param>
/// <param name="Allowed">Whether it allowed the object.</param>
/// <param name="Message">Why not.</param>
/// <param name="Fields">The fields that are to blame.</param>
/// <param name="Warnings">Its warnings.</param>
/// <param name="Patch">What it changes; null if nothing.</param>
internal sealed record ReviewAnswer(string? Failure, bool Allowed, string Message, IReadOnlyList<string> Fields, IReadOnlyList<string> Warnings, JsonPatch? Patch)
{
    public static ReviewAnswer Read(int status, byte[] body)
    {
        if (status != 200)
        {
            return new ReviewAnswer(Encoding.UTF8.GetString(body).Trim(), Allowed: false, "", [], [], null);
        }

        using var document = JsonDocument.Parse(body);
        var response = document.RootElement.GetProperty("response");
        var said = response.TryGetProperty("status", out var found) ? found : default;
        return new ReviewAnswer(
            null,
            response.GetProperty("allowed").GetBoolean(),
            Text(said, "message") ?? "",
            [.. Causes(said).Select(cause => Text(cause, "field")).OfType<string>()],
            response.TryGetProperty("warnings", out var warnings) ? [.. warnings.EnumerateArray().Select(warning => warning.GetString()!)] : [],
            response.TryGetProperty("patch", out var patch) ? JsonPatch.Parse(patch.GetBytesFromBase64()) : null);
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<JsonElement> Causes(JsonElement status) =>
        status.ValueKind == JsonValueKind.Object && status.TryGetProperty("details", out var details) && details.TryGetProperty("causes", out var causes)
            ? [.. causes.EnumerateArray()]
            : [];
}
