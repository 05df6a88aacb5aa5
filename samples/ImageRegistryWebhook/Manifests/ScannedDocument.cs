using ImageRegistryWebhook.Yaml;

namespace ImageRegistryWebhook.Manifests;

/// <summary>One document of a file.</summary>
/// <param name="File">What the file is called.</param>
/// <param name="Index">Which document, from 0.</param>
/// <param name="Root">All of it; aliases reach no further.</param>
internal sealed record ScannedDocument(string File, int Index, YamlNode Root);
