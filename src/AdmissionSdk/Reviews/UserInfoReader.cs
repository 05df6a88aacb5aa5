using System.Text.Json;

namespace AdmissionSdk.Reviews;

/// <summary>Reads <c>userInfo</c>; every member may be missing (contract 4.7).</summary>
internal static class UserInfoReader
{
    public static UserInfo Read(ref Utf8JsonReader reader)
    {
        if (!TryStart(ref reader, JsonTokenType.StartObject, "userInfo"))
        {
            return UserInfo.Unknown;
        }

        string? username = null, uid = null;
        IReadOnlyList<string> groups = [];
        Dictionary<string, IReadOnlyList<string>>? extra = null;
        while (ReviewJson.ReadName(ref reader) is { } name)
        {
            switch (name)
            {
                case "username": username = ReviewJson.ReadString(ref reader); break;
                case "uid": uid = ReviewJson.ReadString(ref reader); break;
                case "groups": groups = ReadStrings(ref reader, "userInfo.groups"); break;
                case "extra": extra = ReadExtra(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return new UserInfo { Username = username ?? "", Uid = uid ?? "", Groups = groups, Extra = extra ?? UserInfo.Unknown.Extra };
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadExtra(ref Utf8JsonReader reader)
    {
        var extra = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (TryStart(ref reader, JsonTokenType.StartObject, "userInfo.extra"))
        {
            while (ReviewJson.ReadName(ref reader) is { } key)
            {
                extra[key] = ReadStrings(ref reader, "userInfo.extra");
            }
        }

        return extra;
    }

    private static List<string> ReadStrings(ref Utf8JsonReader reader, string member)
    {
        List<string> strings = [];
        if (TryStart(ref reader, JsonTokenType.StartArray, member))
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                strings.Add(reader.GetString() ?? "");
            }
        }

        return strings;
    }

    /// <summary>Enters the next value; false when it is null.</summary>
    private static bool TryStart(ref Utf8JsonReader reader, JsonTokenType start, string member) =>
        ReviewJson.TryEnter(ref reader, start)
        || (reader.TokenType == JsonTokenType.Null ? false : throw new ReviewReadException($"the AdmissionReview's request.{member} has the wrong JSON type"));
}
