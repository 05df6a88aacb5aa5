using System.Text.RegularExpressions;
using k8s;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>
/// A document of a YAML stream, read only as far as its kind. KubernetesClient's reader of several documents fails on a
/// kind without a class, such as a cert-manager Certificate in the middle of the stream.
/// </summary>
internal sealed partial record YamlDocument(string ApiVersion, string Kind, string Text)
{
    /// <summary>Splits a stream. Lines that start with three dashes separate documents. Empty documents are left out.</summary>
    public static IReadOnlyList<YamlDocument> Read(string yaml) =>
    [
        .. from text in Separator().Split(yaml)
           let head = KubernetesYaml.Deserialize<KubernetesObject?>(text)
           where head is not null
           select new YamlDocument(head.ApiVersion ?? "", head.Kind ?? "", text),
    ];

    public T To<T>() => KubernetesYaml.Deserialize<T>(Text);

    [GeneratedRegex(@"^---(?=\s|\z)", RegexOptions.Multiline)]
    private static partial Regex Separator();
}
