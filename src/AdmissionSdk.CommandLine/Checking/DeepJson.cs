using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Reports;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>Reads and writes JSON as deep as a manifest may be, which is deeper than the serializer's default.</summary>
internal static class DeepJson
{
    public static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    public static JsonObject ParseObject(byte[] json) => JsonNode.Parse(json, documentOptions: Options)!.AsObject();

    public static byte[] Serialize(JsonNode json) => Encoding.UTF8.GetBytes(JsonFormatter.Format(default, writer => json.WriteTo(writer)));
}
