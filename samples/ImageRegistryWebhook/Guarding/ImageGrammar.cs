namespace ImageRegistryWebhook.Guarding;

/// <summary>
/// The grammar of images as regular expressions of RE2, without what CEL cannot compare. The reference is <see cref="Images.ReferenceParser"/>, and a test
/// compares the two.
/// </summary>
internal static class ImageGrammar
{
    private const string Component = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";
    private const string Label = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";

    /// <summary>The longest image that the policy engine reads.</summary>
    public const int LongestImage = 1024;

    /// <summary>The longest repository, with <c>library/</c>.</summary>
    public const int LongestPath = 255;

    /// <summary>The beginning of an image that names a registry, with the slash.</summary>
    public const string Registry = "^(localhost|[^/]*[.:A-Z][^/]*)/";

    /// <summary>Everything after the registry: path, tag and digest.</summary>
    public const string Rest =
        "^" + Component + "(/" + Component + ")*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@(sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}))?$";

    /// <summary>A registry in lower case.</summary>
    public const string Host = "^(" + Label + "(\\." + Label + ")*|\\[[a-f0-9:]+\\])(:[0-9]+)?$";

    /// <summary>A registry whose spellings CEL can compare: no address in brackets, no leading zero in a port, and <c>:443</c> only behind a name.</summary>
    public const string PlainHost = "^[^\\[:]*(:[1-9][0-9]*)?$";

    /// <summary>A name with the port of https, which is the same registry as the name alone. Not for addresses, and not on the node itself.</summary>
    public const string HttpsName = "(^|\\.)[a-z][^.:]*:443$";

    /// <summary>The node itself, on which a missing port is not the port of https.</summary>
    public const string HttpsNode = "(^|\\.)localhost:443$";

    /// <summary>64 hexadecimal digits alone, which the kubelet refuses.</summary>
    public const string Identifier = "^[a-f0-9]{64}$";

    /// <summary>The id of an image on the node.</summary>
    public const string ImageId = "^sha(256|384|512):[^@/]*$";
}
