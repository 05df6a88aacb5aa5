using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Direct;

/// <summary>Writes the values of an edit as the view would show them, and reads each back: a value that does not read back as it was left is not taken over here.</summary>
internal static class ValueWriter
{
    private static readonly byte[] Null = "null"u8.ToArray();

    /// <summary>Writes a value; null if the value cannot be written, or does not read back.</summary>
    public static byte[]? TryWrite(object? value, ModelPlan plan, int maxDepth)
    {
        if (value is null)
        {
            return Null;
        }

        try
        {
            var typeInfo = plan.Kind == PlanKind.Node ? plan.TypeInfo!.Options.GetTypeInfo(typeof(JsonNode)) : plan.TypeInfo!;
            var text = JsonSerializer.SerializeToUtf8Bytes(value, typeInfo);
            return JsonScan.MeasureDepth(text) <= maxDepth && ReadsBack(text, value, typeInfo) ? text : null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Converters throw exceptions of many types. The engine that reads whole texts has the words for each.
            return null;
        }
    }

    private static bool ReadsBack(byte[] text, object value, JsonTypeInfo typeInfo) =>
        value is string or bool or int or long or JsonNode
        || JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize(text, typeInfo), typeInfo).AsSpan().SequenceEqual(text);
}
