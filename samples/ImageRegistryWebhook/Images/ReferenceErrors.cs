namespace ImageRegistryWebhook.Images;

/// <summary>
/// Messages for strings that are not references, in the words of the kubelet's events (<c>InvalidImageName</c>) so that users can search for them. Only the
/// last message is ours, because the kubelet takes such a string.
/// </summary>
internal static class ReferenceErrors
{
    public const string Format = "invalid reference format";
    public const string Uppercase = "repository name must be lowercase";
    public const string TooLong = "repository name must not be more than 255 characters";
    public const string DigestFormat = "invalid checksum digest format";
    public const string DigestLength = "invalid checksum digest length";
    public const string DigestAlgorithm = "unsupported digest algorithm";

    public static string Identifier(string text) => $"invalid repository name ({text}), cannot specify 64-byte hexadecimal strings";

    public static string UppercaseName(string name) => $"invalid reference format: repository name ({name}) must be lowercase";

    public static string NoRegistry(string first) =>
        $"\"{first}\" is not a valid registry host, so it is not certain which registry this image would come from";
}
