using System.Text.Json.Nodes;
using k8s.Models;

namespace AdmissionSdk.Tests.Dispatch.Support;

/// <summary>Two versions of one kind whose objects do not fit each other's class.</summary>
internal static class VersionedWidgets
{
    public const string Group = "shop.example.com";

    public const string Plural = "gadgets";

    /// <summary>The older version: a text.</summary>
    [KubernetesEntity(Group = Group, ApiVersion = "v1beta1", Kind = "Gadget", PluralName = Plural)]
    internal sealed class Old
    {
        public JsonObject? Metadata { get; set; }

        public string? Storage { get; set; }
    }

    /// <summary>The newer version: an object.</summary>
    [KubernetesEntity(Group = Group, ApiVersion = "v1", Kind = "Gadget", PluralName = Plural)]
    internal sealed class New
    {
        public JsonObject? Metadata { get; set; }

        public Disk? Storage { get; set; }
    }

    /// <summary>A disk.</summary>
    internal sealed class Disk
    {
        public string? Size { get; set; }
    }
}
