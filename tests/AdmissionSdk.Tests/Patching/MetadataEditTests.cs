using System.Text.Json.Nodes;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Explicit;
using AdmissionSdk.Patching.Metadata;
using AdmissionSdk.Tests.Patching.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Patching;

/// <summary>Edits of metadata that the API server would refuse with a 422 even under Ignore throw in the handler, by whatever way the edit is named.</summary>
/// <remarks>Covers <see cref="MetadataEdits"/>, <see cref="MetadataMemberRules"/>, <see cref="PatchBuilder{T}"/>, <see cref="KubernetesNames"/>.</remarks>
public sealed class MetadataEditTests
{
    private const string Long = "more-than-63-characters-more-than-63-characters-more-than-63-chars";
    private static readonly string Large = new('x', (256 * 1024) + 1);

    public static TheoryData<string, Action<PatchBuilder<V1ConfigMap>>> Refused => new()
    {
        { "label key of 70", patch => patch.SetLabel(Long + "70", "x") },
        { "label key with two slashes", patch => patch.SetLabel("a b/c/d", "x") },
        { "label key with a space", patch => patch.SetLabel("a b", "x") },
        { "label key that ends with a dot", patch => patch.SetLabel("a.", "x") },
        { "label key of an empty name", patch => patch.SetLabel("example.com/", "x") },
        { "label key of an empty domain", patch => patch.SetLabel("/a", "x") },
        { "label key of a domain with capitals", patch => patch.SetLabel("Example.com/a", "x") },
        { "label value of 64", patch => patch.SetLabel("a", Long) },
        { "label value with a space", patch => patch.SetLabel("a", "b c") },
        { "label value with a slash", patch => patch.SetLabel("a", "b/c") },
        { "label value that begins with a dash", patch => patch.SetLabel("a", "-b") },
        { "label value that ends with a line feed", patch => patch.SetLabel("a", "b\n") },
        { "label by pointer", patch => patch.Set("/metadata/labels/a b", "x") },
        { "label by pointer, not a text", patch => patch.Set("/metadata/labels/a", 5) },
        { "label by expression", patch => patch.Set(item => item.Metadata.Labels["a b"], "x") },
        { "label if absent", patch => patch.SetIfAbsent(item => item.Metadata.Labels["a b"], "x") },
        { "labels as a whole", patch => patch.Set(item => item.Metadata.Labels, new Dictionary<string, string> { ["a"] = "b", ["c"] = "d e" }) },
        { "metadata as a whole", patch => patch.Set(item => item.Metadata, new V1ObjectMeta { Labels = new Dictionary<string, string> { ["a b"] = "x" } }) },
        { "annotation key with two slashes", patch => patch.SetAnnotation("a/b/c", "x") },
        { "annotation key of 70", patch => patch.SetAnnotation(Long + "70", "x") },
        { "annotation by pointer", patch => patch.Set("/metadata/annotations/a b", "x") },
        { "annotations as a whole", patch => patch.Set("/metadata/annotations", new JsonObject { ["a b"] = "x" }) },
        { "annotation that is not a text", patch => patch.Set("/metadata/annotations/a", true) },
        { "annotation over 256 KiB", patch => patch.SetAnnotation("a", Large) },
        { "finalizer with a space", patch => patch.Append(item => item.Metadata.Finalizers, "a b") },
        { "finalizer if absent", patch => patch.AppendIfAbsent("/metadata/finalizers", "a/b/c") },
        { "finalizers as a whole", patch => patch.Set(item => item.Metadata.Finalizers, new List<string> { "example.com/a", "" }) },
        { "finalizer by index", patch => patch.Set(item => item.Metadata.Finalizers[0], "a b") },
        { "owner without a uid", patch => patch.Append(item => item.Metadata.OwnerReferences, new V1OwnerReference { ApiVersion = "v1", Kind = "Pod", Name = "p" }) },
        { "owner without a kind", patch => patch.Set(item => item.Metadata.OwnerReferences, new List<V1OwnerReference> { new() { ApiVersion = "v1", Name = "p", Uid = "u" } }) },
        { "two finalizers that exclude each other", patch => patch.Set(item => item.Metadata.Finalizers, new List<string> { "orphan", "foregroundDeletion" }) },
        { "two controllers", patch => patch.Set(item => item.Metadata.OwnerReferences, new List<V1OwnerReference> { Owner("a"), Owner("b") }) },
        { "empty uid of an owner", patch => patch.Set(item => item.Metadata.OwnerReferences[0].Uid, "") },
        { "name with a slash", patch => patch.Set(item => item.Metadata.Name, "a/b") },
        { "empty name", patch => patch.Set("/metadata/name", "") },
        { "beginning of a name with a percent sign", patch => patch.Set(item => item.Metadata.GenerateName, "a%") },
        { "namespace with a dot", patch => patch.Set(item => item.Metadata.NamespaceProperty, "a.b") },
    };

    public static TheoryData<string, Action<PatchBuilder<V1ConfigMap>>> Taken => new()
    {
        { "label", patch => patch.SetLabel("example.com/team", "Shop_1.a-b") },
        { "empty label", patch => patch.SetLabel("team", "") },
        { "annotation of any text", patch => patch.SetAnnotation("team", "a b\n{\"x\":1}") },
        { "annotation key of a domain with capitals", patch => patch.SetAnnotation("Example.COM/Team", "x") },
        { "annotation of just 256 KiB", patch => patch.SetAnnotation("a", Large[2..]) },
        { "finalizer", patch => patch.Append(item => item.Metadata.Finalizers, "example.com/keep").AppendIfAbsent(item => item.Metadata.Finalizers, "foregroundDeletion") },
        { "owner", patch => patch.Append(item => item.Metadata.OwnerReferences, Owner("a")) },
        { "label that is not one, removed", patch => patch.RemoveLabel("a b").RemoveAnnotation("a/b/c").RemoveIfPresent("/metadata/labels/c d") },
        { "label set to null, which removes it", patch => patch.Set("/metadata/labels/a b", (string?)null) },
        { "data of the same name", patch => patch.Set(item => item.Data["a b"], "x").Set("/data/labels", "y") },
        { "name of a role", patch => patch.Set(item => item.Metadata.Name, "system:Reader") },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Patch_EditThatTheApiServerRefuses_Throws(string what, Action<PatchBuilder<V1ConfigMap>> edit)
    {
        var exception = Assert.Throws<ArgumentException>(() => Run("""{"metadata":{"finalizers":["example.com/a"],"ownerReferences":[{"uid":"u"}]}}""", edit));

        Assert.True(exception.Message.EndsWith("The API server would refuse the user's request, whatever failurePolicy says.", StringComparison.Ordinal), what);
        Assert.InRange(exception.Message.Length, 0, 400);
    }

    [Theory]
    [MemberData(nameof(Taken))]
    public void Patch_EditThatTheApiServerTakes_IsMade(string what, Action<PatchBuilder<V1ConfigMap>> edit) =>
        Assert.NotNull(Run("""{"metadata":{"name":"a"}}""", edit) is { } result ? result : throw new InvalidOperationException(what));

    private static JsonNode Run(string raw, Action<PatchBuilder<V1ConfigMap>> edit) => Replay.Run<V1ConfigMap>(raw, context => edit(context.Patch)).Result;

    private static V1OwnerReference Owner(string name) => new() { ApiVersion = "v1", Kind = "Pod", Name = name, Uid = "u", Controller = true };
}
