using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk;
using AdmissionSdk.Cel;
using ImageRegistryWebhook.Admission;
using ImageRegistryWebhook.Policies;
using k8s;
using k8s.Models;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>A random pod, or update of a pod, with everything that a decision may depend on.</summary>
internal sealed class GuardCase
{
    private static readonly string[] Hosts =
    [
        "", "", "", "docker.io/", "index.docker.io/", "INDEX.docker.io/", "registry-1.docker.io/", "registry.hub.docker.com/", "docker.io:443/", "registry.example.com/", "registry.example.com/",
        "registry.example.com/", "REGISTRY.example.com/", "registry.example.com:443/", "registry.example.com:05000/", "registry.example.com:5000/", "registry.example.com.evil.example/", "ghcr.io/", "ghcr.io:0443/",
        "quay.io/", "registry.k8s.io/", "cr.l5d.io/", "a.evil.example/", "xevil.example/", "evil.example/", "a.example.org/", "example.org/", "xexample.org/", "localhost/", "localhost:443/", "localhost:5000/",
        "127.0.0.1:443/", "127.0.0.1:5000/", "[::1]:5000/", "registry_example.com/", "a.registry-1.docker.io/", "registry/", new string('a', 1000) + ".b/",
    ];

    private static readonly string[] Paths =
    [
        "nginx", "nginx", "library/nginx", "acme/web", "team-a/api", "team-ax/api", "team-b/api", "platform/base", "mirror/x/nginx", "mirror/x/y/nginx", "istio/proxyv2", "hub/library/nginx", "cache/docker.io/library/nginx", "Nginx", "a//b",
        "sha256", new string('p', 250), new string('p', 256), "e6693c20186f837fc393390135d8a598a96a833917917789d63766cab6c59582",
    ];

    private static readonly string[] Tags = ["", "", ":latest", ":1.27", ":1.2", ":1.9", ":1-SNAPSHOT", ":main", ":v1", ":v2", ":" + new string('t', 128), ":" + new string('t', 129), ":e6693c20"];

    private static readonly string[] Digests = ["", "", "", "@" + SamplePods.Digest, "@" + SamplePods.Digest, "@" + SamplePods.Digest[..^1], "@sha512:" + new string('0', 128), "@SHA256:" + new string('0', 64)];
    private static readonly string[] Ids = ["sha256:e6693c20", "sha512:e6693c20", "sha256", "docker.io/sha256:e6693c20", SamplePods.Digest, SamplePods.Digest[7..], SamplePods.Digest[8..]];

    // The beginnings of the lists, without what no image can have.
    private const int PlainPaths = 13;
    private const int PlainTags = 10;
    private const int PlainDigests = 5;
    private static readonly string[] Names = ["app", "app", "web", "istio-proxy", "istio-init", "linkerd-proxy", "xlinkerd-proxy", ""];
    private static readonly string[] Namespaces = ["team-a", "team-a-dev", "team-ab", "team-b", "shop", "ci", "ci", "shop-prod", "prod-shop", ""];
    private static readonly string[] Users = ["system:serviceaccount:ci:builder-1", "x-system:serviceaccount:ci:builder-1", "system:serviceaccount:kube-system:replicaset-controller", "alice", ""];
    private static readonly string[] LabelKeys = ["job", "tier", "registry"];
    private static readonly string[] LabelValues = ["build", "build", "any", "trusted", ""];

    private GuardCase(Random random, V1Pod? pod = null, V1Pod? old = null)
    {
        // As it comes over the wire, which has no lone surrogates.
        Pod = KubernetesJson.Deserialize<V1Pod>(KubernetesJson.Serialize(pod ?? MakePod(random)));
        Old = old;
        Operation = old is null && (pod is not null || random.Next(2) == 0) ? Operation.Create : Operation.Update;
        if (Operation == Operation.Update && old is null)
        {
            Old = random.Next(8) == 0 ? MakePod(random) : Earlier(random, Pod);
            Subresource = random.Next(3) == 0 ? "ephemeralcontainers" : "";
        }

        (Namespace, User) = (Pick(random, Namespaces), Pick(random, Users));
        NamespaceLabels = Namespace.Length == 0 || random.Next(8) == 0 ? null : Labels(random);
        Existence = random.Next(3) switch { 0 => Existence.Absent, 1 => Existence.Unknown, _ => Existence.Present };
        var request = new JsonObject { ["operation"] = Operation.ToString().ToUpperInvariant(), ["namespace"] = Namespace, ["userInfo"] = new JsonObject { ["username"] = User } };
        if (Subresource.Length > 0)
        {
            request["subResource"] = Subresource;
        }

        Inputs = new CelInputs
        {
            Object = Element(Pod),
            OldObject = Old is null ? null : Element(Old),
            Request = JsonElement.Parse(request.ToJsonString()),
            NamespaceObject = NamespaceLabels is null ? null : Element(new V1Namespace { Metadata = new V1ObjectMeta { Name = Namespace, Labels = NamespaceLabels } }),
        };
    }

    public V1Pod Pod { get; }

    public V1Pod? Old { get; }

    public Operation Operation { get; }

    public string Subresource { get; } = "";

    public string Namespace { get; }

    public string User { get; }

    /// <summary>The labels of the namespace; null if they are not known.</summary>
    public Dictionary<string, string>? NamespaceLabels { get; }

    /// <summary>The answer of every target.</summary>
    public Existence Existence { get; }

    /// <summary>The same request for CEL.</summary>
    public CelInputs Inputs { get; }

    public static GuardCase Of(int seed) => new(new Random(seed));

    /// <summary>A created pod with one image.</summary>
    public static GuardCase OfImage(string image) => new(new Random(image.Length), SamplePods.Pod(image));

    /// <summary>A created pod with containers of one image.</summary>
    public static GuardCase OfImages(int count, string image) => new(new Random(count), Containers(count, image));

    /// <summary>An edit of the labels of a large pod.</summary>
    public static GuardCase OfLabelEdit(int count, string image)
    {
        var (old, pod) = (Containers(count, image), Containers(count, image));
        pod.Metadata.Labels["app"] = "other";
        return new(new Random(count), pod, old);
    }

    /// <summary>Every image of the pod.</summary>
    public IEnumerable<string> Images => PodImages.Of(Pod.Spec).Select(place => place.Image);

    public override string ToString() =>
        $"{Operation} {Subresource} in {Namespace} ({(NamespaceLabels is null ? "?" : string.Join(',', NamespaceLabels))}) by {User}, {Existence}: {Inputs.Object} <- {Inputs.OldObject}";

    // Half of the pods have one image: of several, one that is denied hides the others.
    private static V1Pod MakePod(Random random)
    {
        var only = random.Next(8);
        return new()
        {
            Metadata = new V1ObjectMeta { Name = "web", Labels = random.Next(4) == 0 ? null : Labels(random) },
            Spec = random.Next(20) == 0 ? null : new V1PodSpec
            {
                Containers = [.. Some(random, only, 0).Select(_ => Container(random))],
                InitContainers = [.. Some(random, only, 1).Select(_ => Container(random))],
                EphemeralContainers = [.. Some(random, only, 2).Select(_ => new V1EphemeralContainer { Name = Pick(random, Names), Image = Image(random) })],
                Volumes = [.. Some(random, only, 3).Select(_ => new V1Volume { Name = Pick(random, Names), Image = random.Next(4) == 0 ? null : new V1ImageVolumeSource { Reference = Image(random) } })],
            },
        };
    }

    private static V1Pod Containers(int count, string image)
    {
        var pod = SamplePods.Pod(image);
        pod.Spec.Containers = [.. Enumerable.Range(0, count).Select(index => new V1Container { Name = $"c{index}", Image = image })];
        return pod;
    }

    // The stored pod: the new one with some images, names and containers otherwise.
    private static V1Pod Earlier(Random random, V1Pod pod)
    {
        var old = KubernetesJson.Deserialize<V1Pod>(KubernetesJson.Serialize(pod));
        if (random.Next(4) == 0 || old.Spec is null)
        {
            return old;
        }

        foreach (var container in (old.Spec.Containers ?? []).Concat(old.Spec.InitContainers ?? []).Where(_ => random.Next(3) == 0))
        {
            (container.Image, container.Name) = random.Next(3) == 0 ? (container.Image, Pick(random, Names)) : (Image(random), container.Name);
        }

        if (random.Next(3) == 0)
        {
            old.Spec.Containers = [.. old.Spec.Containers ?? [], Container(random)];
        }

        if (random.Next(2) == 0)
        {
            old.Spec.EphemeralContainers = [.. (old.Spec.EphemeralContainers ?? []).Where(_ => random.Next(2) == 0)];
        }

        return old;
    }

    // Lists of their own number, if the pod has only one image; else any.
    private static IEnumerable<int> Some(Random random, int only, int list) => Enumerable.Range(0, only > 3 ? random.Next(3) : only == list ? 1 : 0);

    private static V1Container Container(Random random) =>
        new() { Name = random.Next(30) == 0 ? null : Pick(random, Names), Image = random.Next(30) == 0 ? null : Image(random) };

    private static string Image(Random random) => random.Next(12) switch
    {
        0 or 6 => HostileReference.Random(random),
        7 => Pick(random, Ids),
        1 => $"registry.example.com/{Pick(random, Paths[..PlainPaths])}{Pick(random, Tags)}",
        2 or 3 or 8 or 9 => Pick(random, Hosts) + Pick(random, Paths[..PlainPaths]) + Pick(random, Tags[..PlainTags]) + Pick(random, Digests[..PlainDigests]),
        _ => Pick(random, Hosts) + Pick(random, Paths) + Pick(random, Tags) + Pick(random, Digests),
    };

    private static Dictionary<string, string> Labels(Random random) =>
        LabelKeys.Where(_ => random.Next(2) == 0).ToDictionary(key => key, _ => Pick(random, LabelValues), StringComparer.Ordinal);

    private static string Pick(Random random, string[] values) => values[random.Next(values.Length)];

    private static JsonElement Element<T>(T item) => JsonElement.Parse(KubernetesJson.Serialize(item));
}
