using System.Text.Json;

namespace AdmissionSdk.Patching.Json;

/// <summary>Equality as RFC 6902's <c>test</c> has it: as <see cref="JsonEquality"/>, but numbers by value, so that 1 equals 1.0.</summary>
internal static class JsonValueEquality
{
    public static bool Equal(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right, int maxDepth)
    {
        var options = new JsonDocumentOptions { MaxDepth = maxDepth };
        using var leftDocument = JsonDocument.Parse(left, options);
        using var rightDocument = JsonDocument.Parse(right, options);
        return JsonElement.DeepEquals(leftDocument.RootElement, rightDocument.RootElement);
    }
}
