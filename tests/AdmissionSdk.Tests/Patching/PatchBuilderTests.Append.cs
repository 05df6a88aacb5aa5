using System.Text.Json.Nodes;
using AdmissionSdk.Tests.Patching.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Patching;

public sealed partial class PatchBuilderTests
{
    [Fact]
    public void Append_ListMissing_IsMade() => Gives(
        Containers,
        patch => patch.Append(pod => pod.Spec.ImagePullSecrets, new V1LocalObjectReference { Name = "s" }),
        """[{"op":"add","path":"/spec/imagePullSecrets","value":[{"name":"s"}]}]""");

    [Fact]
    public void Append_ListThere_AddsAtTheEnd()
    {
        Gives(
            Containers,
            patch => patch.Append(pod => pod.Spec.Containers, new V1Container { Name = "c" }),
            """[{"op":"add","path":"/spec/containers/2","value":{"name":"c"}}]""");
        Gives(Containers, patch => patch.Append("/spec/containers/0/args", "-v"), """[{"op":"add","path":"/spec/containers/0/args","value":["-v"]}]""");
        Gives("""{"finalizers":null}""", patch => patch.Append("/spec/finalizers", "f"), """[{"op":"replace","path":"/spec/finalizers","value":["f"]}]""");
    }

    [Fact]
    public void AppendIfAbsent_SameMergeKey_IsPresent()
    {
        // Between two calls the API server has filled in defaults; an element equal in all it holds would not be found again (contract 13.2, 14).
        Gives(Containers, patch => patch.AppendIfAbsent(pod => pod.Spec.Containers, new V1Container { Name = "b", Image = "other" }), "");
        Gives(Containers, patch => patch.AppendIfAbsent("/spec/containers", new V1Container { Name = "b", Image = "other" }), "");
    }

    [Fact]
    public void AppendIfAbsent_OtherKey_IsAppended() => Gives(
        Containers,
        patch => patch.AppendIfAbsent(pod => pod.Spec.Containers, new V1Container { Name = "c" }),
        """[{"op":"add","path":"/spec/containers/2","value":{"name":"c"}}]""");

    [Fact]
    public void AppendIfAbsent_SamePortOtherProtocol_IsAppended()
    {
        Gives(
            Containers,
            patch => patch.AppendIfAbsent(pod => pod.Spec.Containers[1].Ports, new V1ContainerPort { ContainerPort = 53, Protocol = "UDP" }),
            """[{"op":"add","path":"/spec/containers/1/ports/1","value":{"containerPort":53,"protocol":"UDP"}}]""");
        Gives(Containers, patch => patch.AppendIfAbsent(pod => pod.Spec.Containers[1].Ports, new V1ContainerPort { ContainerPort = 53, Protocol = "TCP", Name = "dns" }), "");
    }

    [Fact]
    public void AppendIfAbsent_CompanionIsNull_IsTheDefault() => Gives(
        """{"containers":[{"name":"a","ports":[{"containerPort":53,"protocol":null}]}]}""",
        patch => patch.AppendIfAbsent("/spec/containers/0/ports", new V1ContainerPort { ContainerPort = 53, Protocol = "TCP" }),
        "");

    [Fact]
    public void AppendIfAbsent_ListChangedBefore_IsComparedAsItIsNow()
    {
        var (_, patch) = Replay.Run<JsonObject>("""{"l":[[1]]}""", context => context.Patch.Append("/l/0", 2).AppendIfAbsent("/l", new[] { 1, 2 }));

        Assert.Equal("""[{"op":"add","path":"/l/0/1","value":2}]""", patch);
    }
}
