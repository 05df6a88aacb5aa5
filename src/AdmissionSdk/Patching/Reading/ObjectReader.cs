using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Json;
using k8s.Models;

namespace AdmissionSdk.Patching.Reading;

/// <summary>
/// Reads an object, known to be JSON, as a type. Of an object that only its metadata is wanted of, nothing else is read, and <c>managedFields</c> is read when
/// a handler asks for it.
/// </summary>
internal static class ObjectReader
{
    // KubernetesClient's models and ours keep what they are given.
    private static bool IsOurs(Type type) => type.Assembly == typeof(V1Pod).Assembly || type == typeof(PartialObjectMetadata);

    /// <summary>Reads an object; null if the text is null.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> typeInfo, JsonIndex? index)
        where T : class
    {
        if (index is null || !typeof(IMetadata<V1ObjectMeta>).IsAssignableFrom(typeof(T)) || !IsOurs(typeof(T)) || FindMetadata(json, index) is not { } places)
        {
            return JsonSerializer.Deserialize(json, typeInfo);
        }

        var view = typeof(T) == typeof(PartialObjectMetadata)
            ? (T)(object)ReadMetadata(json, index, places, typeInfo.Options)
            : ReadWithout(json, places.ManagedFields, typeInfo);
        if (view is IMetadata<V1ObjectMeta> { Metadata: { } metadata } && places.ManagedFields.Length > 0)
        {
            var listInfo = (JsonTypeInfo<IList<V1ManagedFieldsEntry>>)typeInfo.Options.GetTypeInfo(typeof(IList<V1ManagedFieldsEntry>));
            metadata.ManagedFields = new DeferredList<V1ManagedFieldsEntry>(json.Slice(places.ManagedFields.Start, places.ManagedFields.Length).ToArray(), listInfo);
        }

        return view;
    }

    /// <summary>Finds metadata and its managedFields; null if the object is not as the API server writes objects.</summary>
    private static MetadataPlaces? FindMetadata(ReadOnlySpan<byte> json, JsonIndex index)
    {
        var found = default(MetadataPlaces);
        var members = new JsonMemberReader(json, 0, index);
        while (members.Read())
        {
            if (!members.Name.SequenceEqual("metadata"u8))
            {
                continue;
            }

            if (found.Metadata.Length > 0 || members.Value[0] != (byte)'{')
            {
                return null;
            }

            found = found with { Metadata = (members.Start, members.Length) };
            var inner = new JsonMemberReader(json, members.Start, index);
            while (inner.Read())
            {
                if (inner.Name.SequenceEqual("managedFields"u8))
                {
                    if (found.ManagedFields.Length > 0 || inner.Value[0] != (byte)'[')
                    {
                        return null;
                    }

                    found = found with { ManagedFields = (inner.Start, inner.Length) };
                }
            }
        }

        return found;
    }

    /// <summary>Reads an object as if one of its lists were empty.</summary>
    private static T? ReadWithout<T>(ReadOnlySpan<byte> json, (int Start, int Length) list, JsonTypeInfo<T> typeInfo)
    {
        if (list.Length <= 2)
        {
            return JsonSerializer.Deserialize(json, typeInfo);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(json.Length);
        try
        {
            json[..(list.Start + 1)].CopyTo(buffer);
            json[(list.Start + list.Length - 1)..].CopyTo(buffer.AsSpan(list.Start + 1));
            return JsonSerializer.Deserialize(buffer.AsSpan(0, json.Length - list.Length + 2), typeInfo);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static PartialObjectMetadata ReadMetadata(ReadOnlySpan<byte> json, JsonIndex index, MetadataPlaces places, JsonSerializerOptions options)
    {
        var view = new PartialObjectMetadata();
        var members = new JsonMemberReader(json, 0, index);
        while (members.Read())
        {
            if (JsonText.Equals(members.Name, "metadata"))
            {
                var list = (places.ManagedFields.Start - members.Start, places.ManagedFields.Length);
                view.Metadata = ReadWithout(members.Value, list, (JsonTypeInfo<V1ObjectMeta>)options.GetTypeInfo(typeof(V1ObjectMeta)))!;
            }
            else if (JsonText.Equals(members.Name, "apiVersion"))
            {
                view.ApiVersion = ReadString(members.Value);
            }
            else if (JsonText.Equals(members.Name, "kind"))
            {
                view.Kind = ReadString(members.Value);
            }
        }

        return view;
    }

    private static string? ReadString(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        reader.Read();
        return reader.GetString();
    }

    private readonly record struct MetadataPlaces((int Start, int Length) Metadata, (int Start, int Length) ManagedFields);
}
