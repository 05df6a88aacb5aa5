using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Fields;
using AdmissionSdk.Serialization;
using AdmissionSdk.Tests.Patching.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Patching;

/// <summary>Paths to fields: from expressions and from JSON Pointers.</summary>
/// <remarks>Covers <see cref="FieldPath"/>, <see cref="FieldSegment"/>.</remarks>
public sealed class FieldPathTests
{
    private const string KeyConstant = "example.com/a";

    private static readonly int StaticField = 5;

    public static int StaticIndex => 4;

    [Fact]
    public void From_Member_IsItsJsonName() => Check(pod => pod.Spec.HostPID, "/spec/hostPID", "spec.hostPID");

    [Fact]
    public void From_Root_IsEmpty() => Check(pod => pod, "", "");

    [Fact]
    public void From_ConstantIndex_IsAnIndex() => Check(pod => pod.Spec.Containers[0].Image, "/spec/containers/0/image", "spec.containers[0].image");

    [Fact]
    public void From_CapturedVariable_IsItsValue()
    {
        var (index, other) = (2, new { Inner = new { Index = 3 } });

        Check(pod => pod.Spec.Containers[index].Ports[other.Inner.Index].HostPort, "/spec/containers/2/ports/3/hostPort", "spec.containers[2].ports[3].hostPort");
    }

    [Fact]
    public void From_StaticMember_IsItsValue()
    {
        Check(pod => pod.Spec.Volumes[StaticIndex], "/spec/volumes/4", "spec.volumes[4]");
        Check(pod => pod.Spec.Volumes[StaticField], "/spec/volumes/5", "spec.volumes[5]");
    }

    [Fact]
    public void From_ConvertedIndex_IsItsValue()
    {
        short index = 7;

        Check(pod => pod.Spec.Volumes[index].Name, "/spec/volumes/7/name", "spec.volumes[7].name");
    }

    [Fact]
    public void From_Key_IsEscapedInThePointerOnly() =>
        Check(pod => pod.Metadata.Annotations["a/b~c"], "/metadata/annotations/a~1b~0c", "metadata.annotations[a/b~c]");

    [Fact]
    public void From_ConstantKey_IsItsValue() =>
        Check(pod => pod.Metadata.Labels[KeyConstant], "/metadata/labels/example.com~1a", "metadata.labels[example.com/a]");

    [Fact]
    public void From_ElementAt_IsAnIndex() => Check(pod => pod.Spec.Containers.ElementAt(1).Name, "/spec/containers/1/name", "spec.containers[1].name");

    [Fact]
    public void From_NullableValue_IsTheMember() => Check(pod => pod.Spec.Priority!.Value, "/spec/priority", "spec.priority");

    [Fact]
    public void From_Cast_IsSeenThrough() => Check(pod => (object)pod.Spec.HostNetwork!, "/spec/hostNetwork", "spec.hostNetwork");

    [Fact]
    public void From_Interface_NamesAreCamelCase() =>
        Assert.Equal("/metadata/name", FieldPath.From((Expression<Func<k8s.IKubernetesObject<V1ObjectMeta>, string>>)(item => item.Metadata.Name)).ToPointer());

    [Fact]
    public void From_UserClass_AttributeThenCamelCase()
    {
        Assert.Equal("/other-name/inner/2", FieldPath.From((Expression<Func<Renamed, int>>)(item => item.Other!.Inner[2])).ToPointer());
    }

    [Fact]
    public void From_MethodCall_IsRefused() => Refused(pod => pod.Spec.Containers.First().Image, "pod => pod.Spec.Containers.First().Image", "is not a path");

    [Fact]
    public void From_ComputedIndex_IsRefused()
    {
        var i = 1;

        Refused(pod => pod.Spec.Containers[i + 1].Image, "+ 1", "is computed: put it in a variable first");
    }

    [Fact]
    public void From_NegativeIndex_IsRefused()
    {
        var i = -1;

        Refused(pod => pod.Spec.Containers[i].Image, "\"-1\"", "is neither an index from 0 nor a key");
    }

    [Fact]
    public void From_Null_Throws() => Assert.Throws<ArgumentNullException>(() => FieldPath.From(null!));

    [Theory]
    [InlineData("/spec/containers/0/env/1/value", "spec.containers[0].env[1].value")]
    [InlineData("/metadata/labels/a~1b", "metadata.labels[a/b]")]
    [InlineData("/metadata/labels/0", "metadata.labels[0]")]
    [InlineData("/spec/unknown/0", "spec[unknown][0]")]
    [InlineData("", "")]
    public void FromPointer_KnowsTheModel(string pointer, string field)
    {
        var path = FieldPath.FromPointer(pointer, ObjectJson.Default.GetTypeInfo(typeof(V1Pod)));

        Assert.Equal((pointer, field), (path.ToPointer(), path.ToFieldString()));
    }

    [Theory]
    [InlineData("spec")]
    [InlineData("/a~")]
    [InlineData("/a~2")]
    [InlineData("/~")]
    [InlineData("/~2a")]
    public void FromPointer_IsNone_Throws(string pointer) =>
        Assert.Contains("is not a JSON Pointer", Assert.Throws<ArgumentException>(() => FieldPath.FromPointer(pointer, ObjectJson.Default.GetTypeInfo(typeof(V1Pod)))).Message, StringComparison.Ordinal);

    [Fact]
    public void FromPointer_Null_Throws() => Assert.Throws<ArgumentNullException>(() => FieldPath.FromPointer(null!, ObjectJson.Default.GetTypeInfo(typeof(V1Pod))));

    // As metadata is that an older compiler generated.
    [Fact]
    public void From_MetadataDoesNotSayWhichMemberItIsOf_TheJsonNameDoes()
    {
        var resolver = new DefaultJsonTypeInfoResolver { Modifiers = { info => info.Properties.ToList().ForEach(property => property.AttributeProvider = null) } };
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, TypeInfoResolver = resolver };

        Assert.Equal("/spec/nodeName", FieldPath.From((Expression<Func<V1Pod, string>>)(pod => pod.Spec.NodeName), options).ToPointer());
    }

    [Fact]
    public void FromPointer_LastMember_IsTheField()
    {
        var model = ObjectJson.Default.GetTypeInfo(typeof(Widget));

        Assert.Equal("id", MergeKeys.FindName(FieldPath.FromPointer("/spec/parts", model).Field, typeof(WidgetPart)));
        Assert.Null(FieldPath.FromPointer("/spec/parts/0", model).Field);
        Assert.Null(FieldPath.FromPointer("/spec/unknown", model).Field);
    }

    [Fact]
    public void From_NamesOfTheOptions_AreTheirs()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

        Assert.Equal("/other-name/by-number/80", FieldPath.From((Expression<Func<Renamed, string>>)(item => item.Other!.ByNumber[80]), options).ToPointer());
        Assert.Equal("/other-name/inner/2", FieldPath.From((Expression<Func<Renamed, int>>)(item => item.Other!.Inner[2]), options).ToPointer());
        Assert.Equal("/metadata/name", Typed<V1Pod>(pod => ((k8s.IKubernetesObject<V1ObjectMeta>)pod).Metadata.Name).ToPointer());
        Assert.Equal("/shape/parts/0/name", Typed<Drawing>(drawing => ((RoundShape)drawing.Shape!).Parts![0].Name!).ToPointer());
        Assert.Equal("/a/0", Typed<JsonObject>(json => json["a"]![0]!).ToPointer());
        Assert.Equal("/spec/priority", Typed<V1Pod>(pod => pod.Spec.Priority!.Value).ToPointer());
    }

    [Fact]
    public void From_NoMemberInJson_IsRefused()
    {
        NotInJson<V1Pod>(pod => pod.Spec.Priority.HasValue, "HasValue", "Nullable`1");
        NotInJson<V1Pod>(pod => pod.Spec.NodeName.Length, "Length", "String");
        NotInJson<V1Pod>(pod => pod.Spec.Containers.Count, "Count", "IList`1");
        NotInJson<Widget>(widget => widget.Spec!.Summary, "Summary", "WidgetSpec");
        NotInJson<Drawing>(drawing => drawing.Pair!.Left, "Left", "Pair");
        NotInJson<Renamed>(item => item.Ignored!, "Ignored", "Renamed");
        NotInJson<Renamed>(item => item.Rest!["a"], "Rest", "Renamed");
        NotInJson<Renamed>(item => item["a"], "is not a list or map");
    }

    private static FieldPath Typed<T>(Expression<Func<T, object>> expression) => FieldPath.From(expression, ObjectJson.Default);

    private static void NotInJson<T>(Expression<Func<T, object>> expression, params string[] words)
    {
        var message = Assert.Throws<ArgumentException>(() => Typed(expression)).Message;

        Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
    }

    private static void Check<TValue>(Expression<Func<V1Pod, TValue>> expression, string pointer, string field)
    {
        foreach (var path in (FieldPath[])[FieldPath.From(expression), FieldPath.From(expression, ObjectJson.Default)])
        {
            Assert.Equal((pointer, field), (path.ToPointer(), path.ToFieldString()));
        }
    }

    private static void Refused<TValue>(Expression<Func<V1Pod, TValue>> expression, string what, string why)
    {
        var message = Assert.Throws<ArgumentException>(() => FieldPath.From(expression)).Message;

        Assert.Contains(what, message, StringComparison.Ordinal);
        Assert.Contains(why, message, StringComparison.Ordinal);
    }

    private sealed class Renamed
    {
        [JsonPropertyName("other-name")]
        public Renamed? Other { get; set; }

        public int[] Inner { get; set; } = [];

        public Dictionary<int, string> ByNumber { get; set; } = [];

        [JsonIgnore]
        public string? Ignored { get; set; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Rest { get; set; }

        public string this[string key] => key;
    }
}
