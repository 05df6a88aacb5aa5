using System.Text.Json;

namespace AdmissionSdk.Reviews;

/// <summary>Reads the <c>request</c> member of a review.</summary>
internal static class AdmissionRequestReader
{
    // The API server's has 36 characters (contract 4.4). It is echoed in answers, traces and log lines, so nobody may choose how long they get.
    private const int MaxUidLength = 253;
    private static readonly GroupVersionKind NoKind = new("", "", "");
    private static readonly GroupVersionResource NoResource = new("", "", "");

    public static AdmissionRequest Read(ReadOnlyMemory<byte> json, ReviewVersion version)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = AdmissionReviewReader.MaxDepth });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ReviewReadException("the AdmissionReview's request is not a JSON object");
        }

        string? uid = null, subResource = null, requestSubResource = null, name = null, @namespace = null, operation = null;
        GroupVersionKind? kind = null, requestKind = null;
        GroupVersionResource? resource = null, requestResource = null;
        var user = UserInfo.Unknown;
        var dryRun = false;
        ReadOnlyMemory<byte> @object = default, oldObject = default, options = default;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.GetString())
            {
                case "uid":
                    uid = AdmissionReviewReader.ReadString(ref reader);
                    break;
                case "kind":
                    kind = ReadKind(ref reader, "kind");
                    break;
                case "resource":
                    resource = ReadResource(ref reader, "resource");
                    break;
                case "subResource":
                    subResource = AdmissionReviewReader.ReadString(ref reader);
                    break;
                case "requestKind":
                    requestKind = ReadKind(ref reader, "requestKind");
                    break;
                case "requestResource":
                    requestResource = ReadResource(ref reader, "requestResource");
                    break;
                case "requestSubResource":
                    requestSubResource = AdmissionReviewReader.ReadString(ref reader);
                    break;
                case "name":
                    name = AdmissionReviewReader.ReadString(ref reader);
                    break;
                case "namespace":
                    @namespace = AdmissionReviewReader.ReadString(ref reader);
                    break;
                case "operation":
                    operation = AdmissionReviewReader.ReadString(ref reader);
                    break;
                case "userInfo":
                    user = UserInfoReader.Read(ref reader);
                    break;
                case "dryRun":
                    reader.Read();
                    dryRun = reader.TokenType != JsonTokenType.Null && reader.GetBoolean();
                    break;
                case "object":
                    @object = ReadObject(ref reader, json, "object");
                    break;
                case "oldObject":
                    oldObject = ReadObject(ref reader, json, "oldObject");
                    break;
                case "options":
                    options = ReadObject(ref reader, json, "options");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (string.IsNullOrEmpty(uid))
        {
            throw new ReviewReadException("the AdmissionReview's request has no uid, so no answer to it would be accepted");
        }

        if (uid.Length > MaxUidLength)
        {
            throw new ReviewReadException($"the AdmissionReview's request.uid is longer than {MaxUidLength} characters");
        }

        return new AdmissionRequest
        {
            Version = version,
            Uid = uid,
            Kind = kind ?? NoKind,
            Resource = resource ?? NoResource,
            SubResource = subResource ?? "",
            // Absent in reviews that were recorded from old servers or written by hand: no conversion took place.
            RequestKind = requestKind ?? kind ?? NoKind,
            RequestResource = requestResource ?? resource ?? NoResource,
            RequestSubResource = requestSubResource ?? subResource ?? "",
            Name = ResolveName(name, @object, oldObject),
            Namespace = @namespace ?? "",
            Operation = new Operation(operation ?? ""),
            User = user,
            DryRun = dryRun,
            Object = @object,
            OldObject = oldObject,
            Options = options,
        };
    }

    private static string ResolveName(string? sent, ReadOnlyMemory<byte> @object, ReadOnlyMemory<byte> oldObject)
    {
        if (!string.IsNullOrEmpty(sent))
        {
            return sent;
        }

        var name = ObjectPeek.MetadataName(@object.Span);
        return name.Length > 0 ? name : ObjectPeek.MetadataName(oldObject.Span);
    }

    private static ReadOnlyMemory<byte> ReadObject(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, string member)
    {
        var slice = AdmissionReviewReader.ReadSlice(ref reader, json);
        return slice.IsEmpty || slice.Span[0] == (byte)'{'
            ? slice
            : throw new ReviewReadException($"the AdmissionReview's request.{member} is neither a JSON object nor null");
    }

    private static GroupVersionKind? ReadKind(ref Utf8JsonReader reader, string member) =>
        ReadTriple(ref reader, member, "kind") is var (group, version, kind) ? new(group, version, kind) : null;

    private static GroupVersionResource? ReadResource(ref Utf8JsonReader reader, string member) =>
        ReadTriple(ref reader, member, "resource") is var (group, version, resource) ? new(group, version, resource) : null;

    /// <summary>Reads an object of three strings; null when it is null.</summary>
    private static (string Group, string Version, string Last)? ReadTriple(ref Utf8JsonReader reader, string member, string lastMember)
    {
        string? group = null, version = null, last = null;
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ReviewReadException($"the AdmissionReview's request.{member} is not a JSON object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("group"u8))
            {
                group = AdmissionReviewReader.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("version"u8))
            {
                version = AdmissionReviewReader.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals(lastMember))
            {
                last = AdmissionReviewReader.ReadString(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return (group ?? "", version ?? "", last ?? "");
    }
}
