using System.Text.Json;

namespace AdmissionSdk.Reviews;

/// <summary>
/// The version and the uid of a review, from its first bytes alone: the API server writes kind, apiVersion and the request's uid before all that somebody else chose the
/// length of (contract 6.1). With the two a review that nobody reads can be denied.
/// </summary>
internal static class ReviewHead
{
    /// <summary>The bytes that are looked at.</summary>
    public const int Length = 1024;

    /// <summary>Reads the head; null if the bytes do not begin as a review of the API server does.</summary>
    public static AdmissionRequest? Read(ReadOnlySpan<byte> start)
    {
        try
        {
            return ReadReview(start[..Math.Min(start.Length, Length)]);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static AdmissionRequest? ReadReview(ReadOnlySpan<byte> start)
    {
        var reader = new Utf8JsonReader(start, isFinalBlock: false, state: default);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var (isReview, version) = (false, (ReviewVersion?)null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("request"u8))
            {
                return isReview && version is { } known && ReadUid(ref reader) is { } uid ? new AdmissionRequest { Version = known, Uid = uid } : null;
            }

            var (isKind, isVersion) = (reader.ValueTextEquals("kind"u8), reader.ValueTextEquals("apiVersion"u8));
            if (!reader.Read() || reader.TokenType != JsonTokenType.String)
            {
                return null;
            }

            isReview |= isKind && reader.ValueTextEquals("AdmissionReview"u8);
            version = !isVersion ? version
                : reader.ValueTextEquals("admission.k8s.io/v1"u8) ? ReviewVersion.V1
                : reader.ValueTextEquals("admission.k8s.io/v1beta1"u8) ? ReviewVersion.V1Beta1
                : null;
        }

        return null;
    }

    // The first member of the request.
    private static string? ReadUid(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.StartObject
        && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("uid"u8)
        && reader.Read() && reader.TokenType == JsonTokenType.String
        && reader.GetString() is { Length: > 0 and <= AdmissionRequestReader.MaxUidLength } uid
            ? uid : null;
}
