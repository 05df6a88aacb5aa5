using System.Text;
using System.Text.Json;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Rules.Patching;

/// <summary>
/// A JSON value whose leaves keep their raw text, because <c>test</c> compares text and not values (contract 12.6).
/// A JSON null inside a document is a C# null, as in the API server's library; <see cref="ExplicitNull"/> is a null that a patch wrote.
/// </summary>
internal sealed class ApiServerPatchNode
{
    private ApiServerPatchNode()
    {
    }

    public string? Leaf { get; private init; }

    public Dictionary<string, ApiServerPatchNode?>? Members { get; private init; }

    public List<ApiServerPatchNode?>? Items { get; private init; }

    public bool IsExplicitNull => Leaf is null && Members is null && Items is null;

    public bool IsContainer => Members is not null || Items is not null;

    public static ApiServerPatchNode ExplicitNull() => new();

    public static ApiServerPatchNode? Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 10_000 });
        reader.Read();
        return Read(ref reader);
    }

    public static ApiServerPatchNode? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new Dictionary<string, ApiServerPatchNode?>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = GoJsonReader.Text(reader.ValueSpan);
                    reader.Read();
                    members[name] = Read(ref reader);
                }

                return new ApiServerPatchNode { Members = members };
            case JsonTokenType.StartArray:
                var items = new List<ApiServerPatchNode?>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader));
                }

                return new ApiServerPatchNode { Items = items };
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                return new ApiServerPatchNode { Leaf = $"\"{Encoding.UTF8.GetString(reader.ValueSpan)}\"" };
            default:
                return new ApiServerPatchNode { Leaf = Encoding.UTF8.GetString(reader.ValueSpan) };
        }
    }

    /// <summary>Compares as the API server's library does: leaves by raw text, containers member by member.</summary>
    public static bool AreEqual(ApiServerPatchNode? left, ApiServerPatchNode? right)
    {
        if (left is null || right is null)
        {
            return left is null && right is null;
        }

        if (left.Members is { } members)
        {
            return right.Members is { } others && members.Count == others.Count
                && members.All(member => others.TryGetValue(member.Key, out var other) && AreEqual(member.Value, other));
        }

        if (left.Items is { } items)
        {
            return right.Items is { } others && items.Count == others.Count
                && items.Zip(others).All(pair => AreEqual(pair.First, pair.Second));
        }

        return !right.IsContainer && left.Leaf == right.Leaf;
    }

    /// <summary>Copies a value, and counts the bytes of its encoding for the copy limit (contract 12.7).</summary>
    public static (ApiServerPatchNode? Copy, int Bytes) DeepCopy(ApiServerPatchNode? source)
    {
        if (source is null)
        {
            return (null, 0);
        }

        var encoded = Encoding.UTF8.GetBytes(ToJson(source));
        return (Parse(encoded) ?? ExplicitNull(), encoded.Length);
    }

    public static string ToJson(ApiServerPatchNode? node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ApiServerPatchNode? node)
    {
        if (node?.Members is { } members)
        {
            text.Append('{');
            var first = true;
            foreach (var (name, value) in members)
            {
                if (!first)
                {
                    text.Append(',');
                }

                first = false;
                GoJson.AppendString(text, name);
                text.Append(':');
                Append(text, value);
            }

            text.Append('}');
        }
        else if (node?.Items is { } items)
        {
            text.Append('[');
            for (var i = 0; i < items.Count; i++)
            {
                if (i > 0)
                {
                    text.Append(',');
                }

                Append(text, items[i]);
            }

            text.Append(']');
        }
        else
        {
            AppendLeaf(text, node?.Leaf);
        }
    }

    // Go escapes some characters of a raw message, so a copied value has another text.
    private static void AppendLeaf(StringBuilder text, string? leaf)
    {
        foreach (var c in leaf ?? "null")
        {
            _ = c is '<' or '>' or '&' or '\u2028' or '\u2029' ? text.Append($"\\u{(int)c:x4}") : text.Append(c);
        }
    }
}
