using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Reviews;

/// <summary>Finds numbers that the API server cannot hold: its JSON has 64 bits, and a request with <c>1e400</c> is refused before any webhook.</summary>
internal static class UnsendableNumber
{
    /// <summary>The number, with its path; null if every number can be sent.</summary>
    public static string? Find(JsonNode? node, string path = "") => node switch
    {
        JsonObject members => members.Select(member => Find(member.Value, $"{path}/{member.Key}")).FirstOrDefault(found => found is not null),
        JsonArray items => items.Select((item, index) => Find(item, string.Create(CultureInfo.InvariantCulture, $"{path}/{index}"))).FirstOrDefault(found => found is not null),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && IsTooLarge(value.ToJsonString()) => $"{value.ToJsonString()} at {path}",
        _ => null,
    };

    private static bool IsTooLarge(string literal) => !double.IsFinite(double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture));
}
