using System.Text;
using System.Text.Json;
using AdmissionSdk.Patching;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>A webhook's decision about an object.</summary>
/// <param name="Failure">The reason for a missing decision; null if the webhook decided.</param>
/// <param name="Allowed">True if the webhook allowed the object.</param>
/// <param name="Message">The reason of a denial.</param>
/// <param name="Fields">The fields that caused the denial.</param>
/// <param name="Warnings">The warnings for the user.</param>
/// <param name="Patch">The changes of the object; null without changes.</param>
internal sealed record ReviewVerdict(string? Failure, bool Allowed, string Message, IReadOnlyList<string> Fields, IReadOnlyList<string> Warnings, JsonPatch? Patch)
{
    /// <summary>The HTTP status code of the user's response to a denial; zero otherwise.</summary>
    public int Code { get; private init; }

    /// <summary>The annotations of the audit event, by key.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> AuditAnnotations { get; private init; } = [];

    public static ReviewVerdict Read(int status, byte[] body)
    {
        if (status != 200)
        {
            return new ReviewVerdict(Encoding.UTF8.GetString(body).Trim(), Allowed: false, "", [], [], null);
        }

        using var document = JsonDocument.Parse(body);
        var response = document.RootElement.GetProperty("response");
        var result = response.TryGetProperty("status", out var found) ? found : default;
        return new ReviewVerdict(
            null,
            response.GetProperty("allowed").GetBoolean(),
            GetText(result, "message") ?? "",
            [.. GetCauses(result).Select(cause => GetText(cause, "field")).OfType<string>()],
            response.TryGetProperty("warnings", out var warnings) ? [.. warnings.EnumerateArray().Select(warning => warning.GetString()!)] : [],
            response.TryGetProperty("patch", out var patch) ? JsonPatch.Parse(patch.GetBytesFromBase64()) : null)
        {
            Code = result.ValueKind == JsonValueKind.Object && result.TryGetProperty("code", out var code) ? code.GetInt32() : 0,
            AuditAnnotations = response.TryGetProperty("auditAnnotations", out var annotations)
                ? [.. annotations.EnumerateObject().Select(annotation => KeyValuePair.Create(annotation.Name, annotation.Value.GetString()!))]
                : [],
        };
    }

    private static string? GetText(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<JsonElement> GetCauses(JsonElement status) =>
        status.ValueKind == JsonValueKind.Object && status.TryGetProperty("details", out var details) && details.TryGetProperty("causes", out var causes)
            ? [.. causes.EnumerateArray()]
            : [];
}
