using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Patching.Reading;
using AdmissionSdk.Serialization;
using k8s.Models;

namespace AdmissionSdk.Tests.Patching;

/// <summary>An object that is read in parts is the object that the serializer reads.</summary>
/// <remarks>Covers <see cref="ObjectReader"/>, <see cref="DeferredList{T}"/>, <see cref="ObjectView{T}"/>.</remarks>
public sealed class ObjectReaderTests
{
    private const string Managed = """[{"manager":"kubectl","operation":"Apply","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:containers":{}}}}]""";

    public static TheoryData<string> Objects => new()
    {
        Pod("{\"name\":\"p\",\"managedFields\":" + Managed + ",\"labels\":{\"a\":\"b\"}}"),
        Pod("{\"managedFields\":" + Managed + "}"),
        Pod("""{"name":"p","managedFields":[]}"""),
        Pod("""{"name":"p","managedFields":null}"""),
        Pod("""{"name":"p"}"""),
        Pod("null"),
        Pod("{\"name\":\"p\",\"managedFields\":" + Managed + ",\"managedFields\":[]}"),
        "{\"metadata\":{\"name\":\"a\",\"managedFields\":" + Managed + "},\"spec\":{\"containers\":[]},\"metadata\":{\"name\":\"b\"}}",
        """{"spec":{"containers":[{"name":"a","image":"i"}]}}""",
        """{}""",
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void Read_InParts_IsWhatTheSerializerReads(string json)
    {
        AssertSame<V1Pod>(json);
        AssertSame<PartialObjectMetadata>(json);
    }

    [Theory]
    [InlineData("""{"metadata":[]}""")]
    [InlineData("""{"metadata":{"labels":1}}""")]
    [InlineData("""{"kind":1}""")]
    public void Read_OfAnotherShape_Throws(string json) =>
        Assert.ThrowsAny<Exception>(() => Read<PartialObjectMetadata>(json));

    [Fact]
    public void ManagedFields_NobodyAsked_AreNotReadAndNotEdited()
    {
        var raw = Encoding.UTF8.GetBytes(Pod("{\"name\":\"p\",\"managedFields\":" + Managed + "}"));
        var session = new PatchSession(raw, PatchLimits.Default, JsonIndex.Create(raw));
        using var view = session.Open(Info<V1Pod>());
        view.Value.Metadata.Name = "q";
        session.Commit(view, view.Value, explicitEdits: null);

        Assert.Equal("""[{"op":"replace","path":"/metadata/name","value":"q"}]""", Encoding.UTF8.GetString(session.Finish().Json.Span));
        Assert.False(Assert.IsAssignableFrom<IDeferred>(view.Value.Metadata.ManagedFields).IsRead);
        Assert.Equal(1, session.DirectEdits);
    }

    [Fact]
    public void ManagedFields_Edited_AreInThePatch()
    {
        var raw = Encoding.UTF8.GetBytes(Pod("{\"name\":\"p\",\"managedFields\":" + Managed + "}"));
        var session = new PatchSession(raw, PatchLimits.Default, JsonIndex.Create(raw));
        using var view = session.Open(Info<V1Pod>());
        view.Value.Metadata.ManagedFields[0].Manager = "other";
        session.Commit(view, view.Value, explicitEdits: null);

        Assert.Equal(
            """[{"op":"replace","path":"/metadata/managedFields/0/manager","value":"other"}]""", Encoding.UTF8.GetString(session.Finish().Json.Span));
    }

    [Fact]
    public void DeferredList_Used_IsAList()
    {
        var list = Read<V1Pod>(Pod("{\"managedFields\":" + Managed + "}")).Metadata.ManagedFields;
        var entry = new V1ManagedFieldsEntry { Manager = "new" };

        Assert.Equal("kubectl", Assert.Single(list).Manager);
        list.Add(entry);
        list.Insert(0, new V1ManagedFieldsEntry { Manager = "first" });
        Assert.Equal(["first", "kubectl", "new"], list.Select(item => item.Manager));
        Assert.Equal((3, 2, true, false), (list.Count, list.IndexOf(entry), list.Contains(entry), list.IsReadOnly));
        Assert.True(list.Remove(entry));
        list.RemoveAt(0);
        list[0] = entry;
        var copy = new V1ManagedFieldsEntry[1];
        list.CopyTo(copy, 0);
        Assert.Same(entry, copy[0]);
        list.Clear();
        Assert.Empty(list);
    }

    private static void AssertSame<T>(string json)
        where T : class
    {
        var expected = JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(json, Info<T>())!, Info<T>());
        Assert.True(JsonNode.DeepEquals(expected, JsonSerializer.SerializeToNode(Read<T>(json), Info<T>())), json);
    }

    private static T Read<T>(string json)
        where T : class
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return ObjectReader.Read(bytes, Info<T>(), JsonIndex.Create(bytes))!;
    }

    private static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)ObjectJson.Default.GetTypeInfo(typeof(T));

    private static string Pod(string metadata) => "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":" + metadata + ",\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"i\"}]}}";
}
