using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>Microsoft's JSON Patch, written by others: what it makes of a patch, ours must make of it too.</summary>
internal static class Oracle
{
    public static JsonNode Apply(byte[] document, string patch)
    {
        var target = JsonNode.Parse(document)!;
        JsonSerializer.Deserialize<JsonPatchDocument>(patch)!.ApplyTo(target);
        return target;
    }
}
