using System.Net;
using System.Text.Json.Nodes;
using AdmissionSdk.Manifests;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>Makes cert-manager's objects: the installation's own CA, and a serving certificate from this CA.</summary>
internal static class CertManagerManifests
{
    private const string ApiVersion = "cert-manager.io/v1";

    public static IEnumerable<JsonObject> Create(ManifestContext context)
    {
        var app = context.Target.App;
        yield return Create(context, "Issuer", $"{app}-selfsigned", new JsonObject { ["selfSigned"] = new JsonObject() });
        yield return Create(context, "Certificate", $"{app}-ca", new JsonObject
        {
            ["commonName"] = CommonName(app),
            ["duration"] = "87600h",
            ["isCA"] = true,
            ["issuerRef"] = new JsonObject { ["kind"] = "Issuer", ["name"] = $"{app}-selfsigned" },
            ["privateKey"] = new JsonObject { ["algorithm"] = "ECDSA" },
            ["secretName"] = $"{app}-ca",
        });
        yield return Create(context, "Issuer", $"{app}-ca", new JsonObject { ["ca"] = new JsonObject { ["secretName"] = $"{app}-ca" } });
        yield return Create(context, "Certificate", context.CertificateSecret, Serving(context));
    }

    private static JsonObject Serving(ManifestContext context)
    {
        var target = context.Target;

        var names = ServingNames.Of(target).Where(name => !IPAddress.TryParse(name, out _));
        var spec = new JsonObject
        {
            ["dnsNames"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]),
            ["issuerRef"] = new JsonObject { ["kind"] = "Issuer", ["name"] = $"{target.App}-ca" },
            ["privateKey"] = new JsonObject { ["algorithm"] = "ECDSA", ["rotationPolicy"] = "Always" },
            ["secretName"] = context.CertificateSecret,
        };
        if (target.Url is { HostNameType: UriHostNameType.IPv4 or UriHostNameType.IPv6 } address)
        {
            spec["ipAddresses"] = new JsonArray(address.DnsSafeHost);
        }

        return spec;
    }

    // X.509 allows 64 characters, and cert-manager refuses a longer name.
    private static string CommonName(string app) => $"{(app.Length > 53 ? app[..53] : app)} webhook CA";

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
