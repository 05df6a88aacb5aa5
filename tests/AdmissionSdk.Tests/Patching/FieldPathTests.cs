using System.Linq.Expressions;
using System.Text.Json.Serialization;
using AdmissionSdk.Patching;
using AdmissionSdk.Serialization;
using AdmissionSdk.Tests.Patching.Properties;
using k8s.Models;

namespace AdmissionSdk.Tests.Patching;

public sealed class FieldPathTests
{
    private const string KeyConstant = "example.com/a";

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
    public void From_StaticMember_IsItsValue() => Check(pod => pod.Spec.Volumes[StaticIndex], "/spec/volumes/4", "spec.volumes[4]");

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
    public void FromPointer_IsNone_Throws(string pointer) =>
        Assert.Contains("is not a JSON Pointer", Assert.Throws<ArgumentException>(() => FieldPath.FromPointer(pointer, ObjectJson.Default.GetTypeInfo(typeof(V1Pod)))).Message, StringComparison.Ordinal);

    [Fact]
    public void FromPointer_LastMember_IsTheField()
    {
        var model = ObjectJson.Default.GetTypeInfo(typeof(Widget));

        Assert.Equal("id", MergeKeys.Of(FieldPath.FromPointer("/spec/parts", model).Field, typeof(WidgetPart)));
        Assert.Null(FieldPath.FromPointer("/spec/parts/0", model).Field);
        Assert.Null(FieldPath.FromPointer("/spec/unknown", model).Field);
    }

    private static void Check<TValue>(Expression<Func<V1Pod, TValue>> expression, string pointer, string field)
    {
        var path = FieldPath.From(expression);

        Assert.Equal((pointer, field), (path.ToPointer(), path.ToFieldString()));
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
    }
}
