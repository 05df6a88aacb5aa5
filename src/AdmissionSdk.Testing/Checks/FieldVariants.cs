using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AdmissionSdk.Testing.Checks;

/// <summary>Variants of a review: for every field, without the field, with null, and with the empty value of the field's kind.</summary>
internal static partial class FieldVariants
{
    public static IEnumerable<AdmissionReviewBuilder> Of(AdmissionReviewBuilder review, RequiredFields required)
    {
        yield return review;
        if (review.Subject is not { } subject)
        {
            yield break;
        }

        foreach (var place in Places.Of(subject).Where(place => place.IsMember && !required.Contains(place.Segments)))
        {
            yield return review.WithoutField(place.Segments);
            if (place.Value is not null)
            {
                yield return review.WithField(place.Segments, null);
            }

            if (Empty(place.Value) is { } empty)
            {
                yield return review.WithField(place.Segments, empty);
            }
        }
    }

    private static JsonNode? Empty(JsonNode? value) => value switch
    {
        JsonObject { Count: > 0 } => new JsonObject(),
        JsonArray { Count: > 0 } => new JsonArray(),
        JsonValue text when text.GetValueKind() == JsonValueKind.String && !Typed().IsMatch(text.GetValue<string>()) => "",
        _ => null,
    };

    // Dates, quantities and numbers in text, which the API server refuses if empty, and empty text.
    [GeneratedRegex(@"^$|^\d{4}-\d{2}-\d{2}T|^[-+]?[0-9.]+([eE][-+]?\d+|[numkMGTPE]i?|Ki)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Typed();
}
