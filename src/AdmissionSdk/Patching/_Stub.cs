// Placeholder so that the rest compiles: the patching branch deletes this file.
#pragma warning disable
using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
namespace AdmissionSdk.Patching;

public sealed class PatchBuilder<T> { internal PatchBuilder(JsonSerializerOptions o) { } }
internal sealed class PatchException(string m) : Exception(m);
internal sealed record PatchLimits { public static PatchLimits Default { get; } = new(); public int MaxDepth { get; init; } = 1000; }
internal sealed class ObjectView<T> { public required T Value { get; init; } }
internal sealed class PatchResult { public int OperationCount { get; init; } public ReadOnlyMemory<byte> Json { get; init; } }
internal sealed class PatchSession(ReadOnlyMemory<byte> raw, PatchLimits l)
{
    public ObjectView<T> Open<T>(JsonTypeInfo<T> i) => new() { Value = JsonSerializer.Deserialize(raw.Span, i)! };
    public void Commit<T>(ObjectView<T> v, T e, PatchBuilder<T>? b) { }
    public PatchResult Finish() => new();
}
internal sealed class FieldPath { public static FieldPath From<T>(Expression<Func<T, object?>> e) => new(); public string ToFieldString() => ""; }
