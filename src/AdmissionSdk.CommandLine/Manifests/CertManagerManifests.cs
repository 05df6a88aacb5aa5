using System.Text.Json.Nodes;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>cert-manager's objects: a CA of the installation's own, and a serving certificate from it.</summary>
internal static class CertManagerManifests
{
    private const string ApiVersion = "cert-manager.io/v1";

    public static IEnumerable<JsonObject> Create(ManifestContext context)
    {
        var app = context.Target.App;
        var service = context.Target.ServiceName;
        yield return Create(context, "Issuer", $"{app}-selfsigned", new JsonObject { ["selfSigned"] = new JsonObject() });
        yield return Create(context, "Certificate", $"{app}-ca", new JsonObject
        {
            ["commonName"] = $"{app} webhook CA",
            ["duration"] = "87600h",
            ["isCA"] = true,
            ["issuerRef"] = new JsonObject { ["kind"] = "Issuer", ["name"] = $"{app}-selfsigned" },
            ["privateKey"] = new JsonObject { ["algorithm"] = "ECDSA" },
            ["secretName"] = $"{app}-ca",
        });
        yield return Create(context, "Issuer", $"{app}-ca", new JsonObject { ["ca"] = new JsonObject { ["secretName"] = $"{app}-ca" } });
        yield return Create(context, "Certificate", context.CertificateSecret, new JsonObject
        {
            // The API server asks for service.namespace.svc and looks at nothing but these names (contract 7.1).
            ["dnsNames"] = new JsonArray($"{service}.{context.Target.Namespace}.svc", $"{service}.{context.Target.Namespace}.svc.cluster.local"),
            ["issuerRef"] = new JsonObject { ["kind"] = "Issuer", ["name"] = $"{app}-ca" },
            ["privateKey"] = new JsonObject { ["algorithm"] = "ECDSA", ["rotationPolicy"] = "Always" },
            ["secretName"] = context.CertificateSecret,
        });
    }

    private static JsonObject Create(ManifestContext context, string kind, string name, JsonObject spec)
    {
        var labels = new JsonObject();
        foreach (var (key, value) in context.Target.Labels)
        {
            labels[key] = value;
        }

        return new JsonObject
        {
            ["apiVersion"] = ApiVersion,
            ["kind"] = kind,
            ["metadata"] = new JsonObject { ["labels"] = labels, ["name"] = name, ["namespace"] = context.Target.Namespace },
            ["spec"] = spec,
        };
    }
}
