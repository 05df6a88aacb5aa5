using System.Text.Json.Nodes;
using AdmissionSdk.Patching;
using Growth.Tests.Support;
using k8s.Models;

namespace Growth.Tests.Paths;

/// <content>Edits of handlers, replayed and sent as patches.</content>
public static partial class GrowthPaths
{
    private static IEnumerable<(string Name, Func<int, Action> Prepare)> Patches()
    {
        yield return ("patch: labels changed", n => Edit(Pods.Of(1, _ => "x", labels: Pods.Map(n, i => ($"l{i}", "v"))), pod =>
        {
            for (var i = 0; i < n; i++)
            {
                pod.Metadata.Labels[$"l{i}"] = "w";
            }
        }));
        yield return ("patch: labels removed and added", n => Edit(Pods.Of(1, _ => "x", labels: Pods.Map(n, i => ($"l{i}", "v"))), pod =>
            pod.Metadata.Labels = Enumerable.Range(0, n).ToDictionary(i => $"m{i}", _ => "v")));
        // The long values beside them make one operation for each change shorter than one for all.
        yield return ("patch: annotations changed", n => Edit(Pods.Of(1, _ => "x", annotations: Annotations(n)), pod =>
        {
            for (var i = 0; i < n; i++)
            {
                pod.Metadata.Annotations[$"a{i}"] = "w";
            }
        }));
        yield return ("patch: annotations of a template changed", n => EditJson(Workload(Annotations(n)), json =>
        {
            for (var i = 0; i < n; i++)
            {
                json["spec"]!["template"]!["metadata"]!["annotations"]![$"a{i}"] = "w";
            }
        }));
        yield return ("patch: finalizers added", n => Patch(Owned(n), (patch, _) =>
        {
            for (var i = 0; i < n; i++)
            {
                patch.Append(pod => pod.Metadata.Finalizers, $"example.com/f{i}");
            }
        }));
        yield return ("patch: owners added", n => Patch(Owned(n), (patch, _) =>
        {
            for (var i = 0; i < n; i++)
            {
                patch.Append(pod => pod.Metadata.OwnerReferences, Owner($"o{i}"));
            }
        }));
        yield return ("patch: every other element removed", n => Edit(Pods.Of(n, _ => "x"), pod => pod.Spec.Containers = [.. pod.Spec.Containers.Where((_, i) => i % 2 == 0)]));
        yield return ("patch: elements turned round", n => Edit(Pods.Of(n, _ => "x"), pod => pod.Spec.Containers = [.. pod.Spec.Containers.Reverse()]));
        yield return ("patch: elements built anew", n => Edit(Pods.Of(n, _ => "x"), pod => pod.Spec.Containers =
            [.. pod.Spec.Containers.Select(container => new V1Container { Name = container.Name, Image = container.Image + "y" })]));
        yield return ("patch: elements built anew with other keys", n => Edit(Pods.Of(n, _ => "x"), pod => pod.Spec.Containers =
            [.. pod.Spec.Containers.Select(container => new V1Container { Name = container.Name + "z", Image = container.Image })]));
        yield return ("patch: lists of 64 elements built anew, many", n => Edit(ManyLists(n), pod =>
        {
            foreach (var container in pod.Spec.Containers)
            {
                container.Env = [.. container.Env.Reverse().Select(variable => new V1EnvVar { Name = variable.Name + "z", Value = variable.Value }), new V1EnvVar { Name = "more" }];
            }
        }));
        yield return ("patch: one element among many built anew", n => Edit(Pods.Of(n, _ => "x"), pod =>
        {
            var first = pod.Spec.Containers[0];
            pod.Spec.Containers.RemoveAt(0);
            pod.Spec.Containers.Add(new V1Container { Name = "other", Image = first.Image, Command = [.. Enumerable.Range(0, n).Select(i => $"{i}")] });
        }));
        yield return ("patch: a wide element in place of 4,000", n => EditJson(Wide(n), json =>
        {
            var list = json["spec"]!["containers"]!.AsArray();
            var wide = new JsonObject(Enumerable.Range(0, n).Select(i => KeyValuePair.Create($"m{i}", (JsonNode?)i)));
            list.Clear();
            list.Add(wide);
        }));
        yield return ("patch: long elements swapped", n => Edit(Pods.Of(1, _ => "x", spec: spec => spec["containers"]![0]!["args"] = Pods.List(n, i => $"{new string('a', 100)}{i}")), pod =>
            pod.Spec.Containers[0].Args = [.. pod.Spec.Containers[0].Args.Select((text, i) => i % 2 == 0 ? text : text + "b").Reverse()]));
        yield return ("patch: a wide object 900 deep, changed", n => EditJson(Nested(900, n), json =>
        {
            JsonNode inner = json["spec"]!;
            while (inner["a"] is JsonObject next)
            {
                inner = next;
            }

            inner["b"] = 2;
        }));
        yield return ("patch: set by path, wide", n => Patch(Pods.Of(1, _ => "x"), (patch, _) =>
        {
            for (var i = 0; i < n; i++)
            {
                patch.SetAnnotation($"a{i}", "v");
            }
        }));
        yield return ("patch: appended by path", n => Patch(Pods.Of(n, _ => "x"), (patch, _) =>
        {
            for (var i = 0; i < n; i++)
            {
                patch.Append(pod => pod.Spec.Volumes, new V1Volume { Name = $"v{i}" });
            }
        }));
        yield return ("patch: one element appended if absent", n => Patch(Pods.Of(n, _ => "x"), (patch, _) =>
            patch.AppendIfAbsent(pod => pod.Spec.Containers, new V1Container { Name = "last" })));
    }

    private static Action Edit(JsonObject pod, Action<V1Pod> edit) => SdkReviews.Mutate<V1Pod>(pod, context => edit(context.Object));

    private static Action EditJson(JsonObject pod, Action<JsonObject> edit) => SdkReviews.Mutate<JsonObject>(pod, context => edit(context.Object));

    private static Action Patch(JsonObject pod, Action<PatchBuilder<V1Pod>, V1Pod> edit) => SdkReviews.Mutate<V1Pod>(pod, context => edit(context.Patch, context.Object));

    private static JsonObject Annotations(int count)
    {
        var annotations = Pods.Map(count, i => ($"a{i}", "v"));
        for (var i = 0; i < count; i++)
        {
            annotations[$"long{i}"] = new string('x', 200);
        }

        return annotations;
    }

    private static JsonObject Owned(int count)
    {
        var pod = Pods.Of(1, _ => "x");
        pod["metadata"]!["finalizers"] = Pods.List(count, i => $"example.com/{new string('x', 55)}{i}");
        pod["metadata"]!["ownerReferences"] = Pods.List(count, i => new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Pod", ["name"] = $"p{i}", ["uid"] = $"{i}" });
        return pod;
    }

    private static V1OwnerReference Owner(string name) => new() { ApiVersion = "v1", Kind = "Pod", Name = name, Uid = name };

    private static JsonObject Workload(JsonObject annotations) => new()
    {
        ["apiVersion"] = "apps/v1",
        ["kind"] = "Deployment",
        ["metadata"] = new JsonObject { ["name"] = "web" },
        ["spec"] = new JsonObject { ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } } },
    };

    private static JsonObject ManyLists(int variables) => Pods.Of(Math.Max(1, variables / 64), _ => "x", spec: spec =>
    {
        foreach (var container in spec["containers"]!.AsArray())
        {
            container!["env"] = Pods.List(60, i => new JsonObject { ["name"] = $"e{i}", ["value"] = "v" });
        }
    });

    private static JsonObject Wide(int members) => Pods.Of(1, _ => "x", spec: spec =>
        spec["containers"] = Pods.List(4000, i => i == 0
            ? new JsonObject(Enumerable.Range(0, members).Select(member => KeyValuePair.Create($"n{member}", (JsonNode?)member)))
            : new JsonObject { ["n1"] = 1, ["i"] = i }));

    // MaxObjectDepth is 1,000: the depth is a constant.
    private static JsonObject Nested(int depth, int width)
    {
        JsonNode inner = new JsonObject(Enumerable.Range(0, width).Select(i => KeyValuePair.Create($"m{i}", (JsonNode?)i))) { ["b"] = 1 };
        for (var i = 0; i < depth; i++)
        {
            inner = new JsonObject { ["a"] = inner };
        }

        return new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Pod", ["metadata"] = new JsonObject(), ["spec"] = inner };
    }
}
