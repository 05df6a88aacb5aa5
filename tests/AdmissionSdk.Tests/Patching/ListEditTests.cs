using System.Text.Json.Nodes;
using AdmissionSdk.Patching.Replay;
using AdmissionSdk.Tests.Patching.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Patching;

/// <summary>
/// The table of docs/patching.md: each way of editing a list, on elements that carry a field (<c>x</c>) no model knows. A cell lists the elements
/// afterwards, each as its key and, behind a colon, its unknown field.
/// </summary>
/// <remarks>Covers docs/patching.md, <see cref="EditReplay"/>, <see cref="OriginFinder"/>, <see cref="ListMatcher"/>, <see cref="ListLikeness"/>, <see cref="ListOrigins"/>.</remarks>
public sealed class ListEditTests
{
    private const string Containers = """
        "containers":[
          {"name":"a","image":"i1","x":"A","env":[{"name":"E","value":"1","x":"E1"},{"name":"E","value":"2","x":"E2"}],
           "ports":[{"containerPort":80,"x":"P80"},{"containerPort":443,"x":"P443"}],
           "volumeMounts":[{"name":"v","mountPath":"/m","x":"M"}]},
          {"name":"b","image":"i2","x":"B","ports":[{"containerPort":53,"x":"T"},{"containerPort":53,"protocol":"UDP","x":"U"}]},
          {"name":"c","image":"i3","x":"C"}],
        "tolerations":[{"key":"t1","operator":"Exists","effect":"NoSchedule","x":"T1"},{"key":"t2","operator":"Exists","effect":"NoSchedule","x":"T2"},
          {"operator":"Exists","effect":"NoExecute","x":"T3"}],
        "topologySpreadConstraints":[
          {"maxSkew":1,"topologyKey":"zone","whenUnsatisfiable":"DoNotSchedule","x":"Z1"},
          {"maxSkew":1,"topologyKey":"zone","whenUnsatisfiable":"ScheduleAnyway","x":"Z2"}]
        """;

    public static TheoryData<string, string, string> Rows()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var (name, (list, _)) in Edits)
        {
            rows.Add(name, list, Expected[name]);
        }

        return rows;
    }

    private static readonly Dictionary<string, string> Expected = new()
    {
        ["no edit"] = "a:A b:B c:C",
        ["insert at head"] = "new a:A b:B c:C",
        ["insert in the middle"] = "a:A new b:B c:C",
        ["append"] = "a:A b:B c:C new",
        ["remove the head"] = "b:B c:C",
        ["remove from the middle"] = "a:A c:C",
        ["insert at head and remove from the middle"] = "new a:A c:C",
        ["reverse"] = "c:C b:B a:A",
        ["reverse and edit"] = "c:C b:B a:A",
        ["rename an element's key"] = "renamed:A b:B c:C",
        ["swap two keys"] = "b:A a:B c:C",
        ["rename to a removed element's key"] = "b:A c:C",
        ["with copy"] = "a:A b:B c:C",
        ["with copy that renames"] = "renamed:A b:B c:C",
        ["all renamed by LINQ"] = "n-a:A n-b:B n-c:C",
        ["list rebuilt by LINQ"] = "a:A b:B c:C",
        ["list rebuilt in another order"] = "c:C b:B a:A",
        ["list rebuilt without one"] = "a:A c:C",
        ["replace one by something else"] = "a:A other c:C",
        ["replace the whole list"] = "one two",
        ["clear"] = "",
        ["move to another list"] = "b:B c:C",
        ["arrives in the other list"] = "a:A",
        ["duplicate keys, drop the first"] = "E:E2",
        ["duplicate keys, edit the second"] = "E:E1 E:E2",
        ["duplicate keys, swap"] = "E:E2 E:E1",
        ["change a port"] = "8080:P80 443:P443",
        ["swap ports"] = "443:P80 80:P443",
        ["change a mount path"] = "/other:M",
        ["edit a keyless element"] = "t1:T1 changed:T2 :T3",
        ["remove and edit keyless elements"] = "changed:T2 :T3",
        ["with copy of a keyless element"] = "t1:T1 changed:T2 :T3",
        ["reorder and edit keyless elements"] = "changed:T3 t2:T2 t1:T1",
        ["equal keys, drop the first"] = "zone:Z2",
        ["equal keys, edit both"] = "zone:Z1 zone:Z2",
        ["duplicate keys, with copies"] = "E:E1 E:E2",
        ["duplicate keys, with copies and one more"] = "N E:E1 E:E2",
        ["with copies of keyless elements and one more"] = "new t1:T1 t2:T2 :T3",
        ["with copies of keyless elements without one"] = "t2:T2 :T3",
        ["keyless elements replaced by others and one more"] = "new n1 n2 n3",
        ["replace one by something else and one more"] = "more a:A other c:C",
        ["element copied beside itself"] = "a:A copy b:B c:C",
        ["same object twice"] = "a:A b:B c:C a:A",
        ["list taken from another container"] = "E:E1 E:E2",
        ["all renamed by LINQ and one more"] = "new n-a:A n-b:B n-c:C",
        ["same port, other protocol, rebuilt the other way round"] = "53:U 53:T",
        ["same port, other protocol, rebuilt without the first"] = "53:U",
        ["protocol changed in a copy"] = "80:P80 443:P443",
        ["equal keys, rebuilt the other way round"] = "zone:Z2 zone:Z1",
    };

    private static Dictionary<string, (string List, Action<V1PodSpec> Edit)> Edits { get; } = new()
    {
        ["no edit"] = ("containers/name", _ => { }
        ),
        ["insert at head"] = ("containers/name", spec => spec.Containers.Insert(0, New("new"))),
        ["insert in the middle"] = ("containers/name", spec => spec.Containers.Insert(1, New("new"))),
        ["append"] = ("containers/name", spec => spec.Containers.Add(New("new"))),
        ["remove the head"] = ("containers/name", spec => spec.Containers.RemoveAt(0)),
        ["remove from the middle"] = ("containers/name", spec => spec.Containers.RemoveAt(1)),
        ["insert at head and remove from the middle"] = ("containers/name", spec =>
        {
            spec.Containers.Insert(0, New("new"));
            spec.Containers.RemoveAt(2);
        }
        ),
        ["reverse"] = ("containers/name", spec => spec.Containers = [.. spec.Containers.Reverse()]),
        ["reverse and edit"] = ("containers/name", spec =>
        {
            spec.Containers = [.. spec.Containers.Reverse()];
            spec.Containers[1].Image = "edited";
        }
        ),
        ["rename an element's key"] = ("containers/name", spec => spec.Containers[0].Name = "renamed"),
        ["swap two keys"] = ("containers/name", spec => (spec.Containers[0].Name, spec.Containers[1].Name) = ("b", "a")),
        ["rename to a removed element's key"] = ("containers/name", spec =>
        {
            spec.Containers.RemoveAt(1);
            spec.Containers[0].Name = "b";
        }
        ),
        ["with copy"] = ("containers/name", spec => spec.Containers[0] = spec.Containers[0] with { Image = "edited" }),
        ["with copy that renames"] = ("containers/name", spec => spec.Containers[0] = spec.Containers[0] with { Name = "renamed" }),
        ["all renamed by LINQ"] = ("containers/name", spec => spec.Containers = [.. spec.Containers.Select(c => c with { Name = "n-" + c.Name })]),
        ["list rebuilt by LINQ"] = ("containers/name", spec =>
            spec.Containers = [.. spec.Containers.Select(c => new V1Container { Name = c.Name, Image = "r/" + c.Image })]),
        ["list rebuilt in another order"] = ("containers/name", spec =>
            spec.Containers = [.. spec.Containers.OrderByDescending(c => c.Name).Select(c => new V1Container { Name = c.Name, Image = "r/" + c.Image })]),
        ["list rebuilt without one"] = ("containers/name", spec =>
            spec.Containers = [.. spec.Containers.Where(c => c.Name != "b").Select(c => new V1Container { Name = c.Name, Image = "r/" + c.Image })]),
        ["replace one by something else"] = ("containers/name", spec => spec.Containers[1] = new V1Container { Name = "other", Image = "else", TerminationMessagePath = "/t" }),
        ["replace the whole list"] = ("containers/name", spec => spec.Containers = [New("one"), New("two")]),
        ["clear"] = ("containers/name", spec => spec.Containers.Clear()),
        ["move to another list"] = ("containers/name", MoveFirst),
        ["arrives in the other list"] = ("initContainers/name", MoveFirst),
        ["duplicate keys, drop the first"] = ("containers/0/env/name", spec => spec.Containers[0].Env.RemoveAt(0)),
        ["duplicate keys, edit the second"] = ("containers/0/env/name", spec => spec.Containers[0].Env[1].Value = "9"),
        ["duplicate keys, swap"] = ("containers/0/env/name", spec => spec.Containers[0].Env = [.. spec.Containers[0].Env.Reverse()]),
        ["change a port"] = ("containers/0/ports/containerPort", spec => spec.Containers[0].Ports[0].ContainerPort = 8080),
        ["swap ports"] = ("containers/0/ports/containerPort", spec =>
            (spec.Containers[0].Ports[0].ContainerPort, spec.Containers[0].Ports[1].ContainerPort) = (443, 80)),
        ["change a mount path"] = ("containers/0/volumeMounts/mountPath", spec => spec.Containers[0].VolumeMounts[0].MountPath = "/other"),
        ["edit a keyless element"] = ("tolerations/key", spec => spec.Tolerations[1].Key = "changed"),
        ["remove and edit keyless elements"] = ("tolerations/key", spec =>
        {
            spec.Tolerations.RemoveAt(0);
            spec.Tolerations[0].Key = "changed";
        }
        ),
        ["with copy of a keyless element"] = ("tolerations/key", spec => spec.Tolerations[1] = spec.Tolerations[1] with { Key = "changed" }),
        ["reorder and edit keyless elements"] = ("tolerations/key", spec =>
        {
            spec.Tolerations = [.. spec.Tolerations.Reverse()];
            spec.Tolerations[0].Key = "changed";
        }
        ),
        ["equal keys, drop the first"] = ("topologySpreadConstraints/topologyKey", spec => spec.TopologySpreadConstraints.RemoveAt(0)),
        ["equal keys, edit both"] = ("topologySpreadConstraints/topologyKey", spec =>
            (spec.TopologySpreadConstraints[0].MaxSkew, spec.TopologySpreadConstraints[1].MaxSkew) = (2, 3)),
        ["duplicate keys, with copies"] = ("containers/0/env/name", spec =>
            spec.Containers[0].Env = [.. spec.Containers[0].Env.Select(e => e with { Value = "n" + e.Value })]),
        ["duplicate keys, with copies and one more"] = ("containers/0/env/name", spec =>
            spec.Containers[0].Env = [new V1EnvVar { Name = "N" }, .. spec.Containers[0].Env.Select(e => e with { Value = "n" + e.Value })]),
        ["with copies of keyless elements and one more"] = ("tolerations/key", spec =>
            spec.Tolerations = [new V1Toleration { Key = "new" }, .. spec.Tolerations.Select(t => t with { TolerationSeconds = 3 })]),
        ["with copies of keyless elements without one"] = ("tolerations/key", spec =>
            spec.Tolerations = [.. spec.Tolerations.Skip(1).Select(t => t with { TolerationSeconds = 3 })]),
        ["keyless elements replaced by others and one more"] = ("tolerations/key", spec =>
            spec.Tolerations = [new V1Toleration { Key = "new" }, new V1Toleration { Key = "n1" }, new V1Toleration { Key = "n2" }, new V1Toleration { Key = "n3" }]),
        ["replace one by something else and one more"] = ("containers/name", spec =>
        {
            spec.Containers[1] = new V1Container { Name = "other", Image = "else" };
            spec.Containers.Insert(0, New("more"));
        }
        ),
        ["element copied beside itself"] = ("containers/name", spec => spec.Containers.Insert(1, spec.Containers[0] with { Name = "copy" })),
        ["same object twice"] = ("containers/name", spec => spec.Containers.Add(spec.Containers[0])),
        ["list taken from another container"] = ("containers/1/env/name", spec => spec.Containers[1].Env = spec.Containers[0].Env),
        ["all renamed by LINQ and one more"] = ("containers/name", spec =>
            spec.Containers = [New("new"), .. spec.Containers.Select(c => c with { Name = "n-" + c.Name })]),
        ["same port, other protocol, rebuilt the other way round"] = ("containers/1/ports/containerPort", spec =>
            spec.Containers[1].Ports = [.. spec.Containers[1].Ports.Reverse().Select(p => p with { HostPort = 1 })]),
        ["same port, other protocol, rebuilt without the first"] = ("containers/1/ports/containerPort", spec =>
            spec.Containers[1].Ports = [new V1ContainerPort { ContainerPort = 53, Protocol = "UDP", HostPort = 1 }]),
        ["protocol changed in a copy"] = ("containers/0/ports/containerPort", spec =>
            spec.Containers[0].Ports[0] = spec.Containers[0].Ports[0] with { Protocol = "SCTP" }),
        ["equal keys, rebuilt the other way round"] = ("topologySpreadConstraints/topologyKey", spec =>
            spec.TopologySpreadConstraints = [.. spec.TopologySpreadConstraints.Reverse().Select(c => c with { MaxSkew = 2 })]),
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Commit_ListEdit_UnknownFieldsStayWithTheirElement(string edit, string list, string expected)
    {
        var (result, _) = Replay.Run<V1Pod>(Replay.Pod(Containers), context => Edits[edit].Edit(context.Object.Spec));

        Assert.Equal(expected, Describe(result["spec"]!, list));
    }

    [Theory]
    [InlineData("insert at head", 1)]
    [InlineData("append", 1)]
    [InlineData("remove from the middle", 1)]
    [InlineData("insert at head and remove from the middle", 2)]
    [InlineData("rename an element's key", 1)]
    [InlineData("swap two keys", 2)]
    [InlineData("with copy", 1)]
    [InlineData("reverse", 4)]
    [InlineData("clear", 3)]
    public void Commit_ListEdit_TakesTheFewestOperations(string edit, int operations)
    {
        var (_, patch) = Replay.Run<V1Pod>(Replay.Pod(Containers), context => Edits[edit].Edit(context.Object.Spec));

        Assert.Equal(operations, JsonNode.Parse(patch)!.AsArray().Count);
    }

    private static V1Container New(string name) => new() { Name = name, Image = "new" };

    private static void MoveFirst(V1PodSpec spec)
    {
        spec.InitContainers = [spec.Containers[0]];
        spec.Containers.RemoveAt(0);
    }

    /// <summary>The elements of the list at a path that ends in their key.</summary>
    private static string Describe(JsonNode spec, string list)
    {
        var segments = list.Split('/');
        var node = spec;
        foreach (var segment in segments[..^1])
        {
            node = int.TryParse(segment, out var index) ? node![index] : node![segment];
        }

        return string.Join(' ', (node as JsonArray ?? []).Select(element => $"{element![segments[^1]]}" + (element["x"] is { } x ? $":{x}" : "")));
    }
}
