using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>Writes the review that the API server would send for <c>kubectl create --dry-run=server</c>.</summary>
internal static class ManifestReviewWriter
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
            // A fixed uid, since the same input must give the same output.
            writer.WriteString("uid", Guid.Empty.ToString());
            foreach (var (kind, plural) in new[] { ("kind", "resource"), ("requestKind", "requestResource") })
            {
                WriteNames(writer, kind, target, "kind", target.Object.Kind);
                WriteNames(writer, plural, target, "resource", resource);
            }

            writer.WriteString("name", (string?)(content["metadata"] as JsonObject)?["name"] ?? "");
            writer.WriteString("namespace", target is { Group: "", Object.Kind: "Namespace" } ? target.Object.Name : target.Namespace);
            writer.WriteString("operation", "CREATE");
            WriteUser(writer, facts);
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

    private static void WriteNames(Utf8JsonWriter writer, string property, ReviewTarget target, string last, string value)
    {
        writer.WriteStartObject(property);
        writer.WriteString("group", target.Group);
        writer.WriteString("version", target.Version);
        writer.WriteString(last, value);
        writer.WriteEndObject();
    }

    private static void WriteUser(Utf8JsonWriter writer, ReviewFacts facts)
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
