using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.Certificates;
using AdmissionSdk.CommandLine.Yaml;
using AdmissionSdk.Manifests;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>The secret that the generated Deployment mounts with <c>--certificates secret</c>.</summary>
/// <param name="Text">The manifest.</param>
/// <param name="Name">The namespace and the name.</param>
/// <param name="Names">The names for which the certificate is valid.</param>
/// <param name="NotAfter">The end of the certificate.</param>
internal sealed record CertificateSecret(string Text, string Name, IReadOnlyList<string> Names, DateTimeOffset NotAfter)
{
    public static CertificateSecret Create(ManifestContext context, CertificateAuthority authority, DateTimeOffset now, TimeSpan lifetime)
    {
        if (authority.NotAfter <= now || authority.NotBefore > now)
        {
            throw new CommandException($"the CA is valid from {authority.NotBefore:u} to {authority.NotAfter:u}, and not now: pass another --ca-cert, or leave out --ca-cert and --ca-key for a new CA.");
        }

        var names = ServingNames.Of(context.Target);
        var files = authority.Issue(names, now, lifetime);
        using var leaf = X509Certificate2.CreateFromPem(files.CertificatePem);
        var labels = new JsonObject();
        foreach (var (key, value) in context.Target.Labels)
        {
            labels[key] = value;
        }

        var secret = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["data"] = new JsonObject
            {
                ["ca.crt"] = Encode(authority.CertificatePem),
                ["tls.crt"] = Encode(files.CertificatePem),
                ["tls.key"] = Encode(files.KeyPem),
            },
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["labels"] = labels, ["name"] = context.CertificateSecret, ["namespace"] = context.Target.Namespace },
            ["type"] = "kubernetes.io/tls",
        };
        return new CertificateSecret(
            YamlText.Write(secret), $"{context.Target.Namespace}/{context.CertificateSecret}", names, new DateTimeOffset(leaf.NotAfter.ToUniversalTime(), TimeSpan.Zero));
    }

    /// <summary>Says which secret an installation needs, and how to make it.</summary>
    public static string Describe(ManifestContext context) =>
        $"the Deployment mounts the secret {context.CertificateSecret} of the namespace {context.Target.Namespace}, of type kubernetes.io/tls, with a tls.crt for {string.Join(" and ", ServingNames.Of(context.Target).Take(1))} and its tls.key: the command `certificates --out DIRECTORY` makes it, with a new CA or with yours, for kubectl apply -f DIRECTORY/secret.yaml.";

    private static string Encode(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));
}
