using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>Writes the review that the API server would send for <c>kubectl create --dry-run=server</c>.</summary>
internal static class ReviewWriter
{
    public static byte[] Write(ReviewTarget target, string resource, JsonObject content, ReviewFacts facts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", "admission.k8s.io/v1");
            writer.WriteString("kind", "AdmissionReview");
            writer.WriteStartObject("request");
            // Nothing of an answer depends on it, and the same input gives the same output.
            writer.WriteString("uid", Guid.Empty.ToString());
            foreach (var (kind, plural) in new[] { ("kind", "resource"), ("requestKind", "requestResource") })
            {
                Names(writer, kind, target, "kind", target.Object.Kind);
                Names(writer, plural, target, "resource", resource);
            }

            writer.WriteString("name", (string?)(content["metadata"] as JsonObject)?["name"] ?? "");
            writer.WriteString("namespace", target is { Group: "", Object.Kind: "Namespace" } ? target.Object.Name : target.Namespace);
            writer.WriteString("operation", "CREATE");
            User(writer, facts);
            writer.WritePropertyName("object");
            content.WriteTo(writer);
            writer.WriteNull("oldObject");
            writer.WriteBoolean("dryRun", true);
            writer.WriteStartObject("options");
            writer.WriteString("apiVersion", "meta.k8s.io/v1");
            writer.WriteString("kind", "CreateOptions");
            writer.WriteStartArray("dryRun");
            writer.WriteStringValue("All");
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Names(Utf8JsonWriter writer, string property, ReviewTarget target, string last, string value)
    {
        writer.WriteStartObject(property);
        writer.WriteString("group", target.Group);
        writer.WriteString("version", target.Version);
        writer.WriteString(last, value);
        writer.WriteEndObject();
    }

    private static void User(Utf8JsonWriter writer, ReviewFacts facts)
    {
        writer.WriteStartObject("userInfo");
        writer.WriteString("username", facts.User);
        writer.WriteStartArray("groups");
        foreach (var group in facts.Groups)
        {
            writer.WriteStringValue(group);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
