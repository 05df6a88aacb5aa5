using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Rules.Responses;

/// <summary>Decodes a webhook's response and checks the envelope, in the API server's order and words (contract 9.3–9.8).</summary>
internal static class WebhookResponseReader
{
    private const string InvalidPrefix = "received invalid webhook response: ";

    /// <exception cref="CallFailedException">The response is undecodable, or the envelope is invalid.</exception>
    public static WebhookResponse Read(byte[] body, string version, string uid, bool mutating)
    {
        JsonObject root;
        try
        {
            root = Decode(body);
        }
        catch (FormatException exception)
        {
            throw Failed($"failed to call webhook: couldn't get version/kind; json parse error: {exception.Message}");
        }

        try
        {
            CheckKind(root, version);
            return Check(root, version, uid, mutating);
        }
        catch (FormatException exception)
        {
            throw Failed($"failed to call webhook: {exception.Message}");
        }
    }

    // A body that starts with { is JSON. Other bodies are read as YAML, also JSON behind a byte order mark.
    private static JsonObject Decode(byte[] body)
    {
        JsonNode? node;
        try
        {
            node = body.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("{"u8)
                ? GoJsonReader.Parse(body)
                : ApiServerYamlReader.ReadAll(Encoding.UTF8.GetString(body).TrimStart('\uFEFF')) is [var first, ..] ? first : null;
        }
        catch (JsonException)
        {
            throw new FormatException("unexpected end of JSON input");
        }

        return node as JsonObject
            ?? throw new FormatException("json: cannot unmarshal string into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }");
    }

    private static void CheckKind(JsonObject root, string sentVersion)
    {
        var apiVersion = WebhookResponseFields.Text(root, "apiVersion", "TypeMeta.apiVersion") ?? "";
        var kind = WebhookResponseFields.Text(root, "kind", "TypeMeta.kind") ?? "";
        // Missing values are taken from the sent review (contract 9.6 needs a value, 9.5 reports the lack later).
        var (effectiveVersion, effectiveKind) = (apiVersion.Length == 0 ? $"admission.k8s.io/{sentVersion}" : apiVersion, kind.Length == 0 ? "AdmissionReview" : kind);
        var source = (effectiveVersion, effectiveKind) switch
        {
            ("admission.k8s.io/v1", "AdmissionReview") => "v1.AdmissionReview",
            ("admission.k8s.io/v1beta1", "AdmissionReview") => "v1beta1.AdmissionReview",
            ("v1", "Status") => "v1.Status",
            _ => throw Failed($"failed to call webhook: no kind \"{effectiveKind}\" is registered for version \"{effectiveVersion}\" in scheme \"{SchemeName}\""),
        };
        if (source != $"{sentVersion}.AdmissionReview")
        {
            throw Failed($"failed to call webhook: converting ({source}) to ({sentVersion}.AdmissionReview): unknown conversion");
        }
    }

    // The API server names a line of its source, which changes with every build.
    private const string SchemeName = "k8s.io/apiserver";

    private static WebhookResponse Check(JsonObject root, string version, string uid, bool mutating)
    {
        var strict = version == "v1";
        var response = WebhookResponseFields.Object(root, "response", "AdmissionReview.response") ?? throw Failed($"{InvalidPrefix}webhook response was absent");
        var typed = new
        {
            Uid = WebhookResponseFields.Text(response, "uid", "AdmissionResponse.response.uid") ?? "",
            Allowed = WebhookResponseFields.Flag(response, "allowed", "AdmissionResponse.response.allowed"),
            Status = WebhookResponseStatus.Read(response),
            Patch = WebhookResponseFields.Bytes(response, "patch", "AdmissionResponse.response.patch"),
            PatchType = WebhookResponseFields.Text(response, "patchType", "AdmissionResponse.response.patchType"),
            Warnings = WebhookResponseFields.Texts(response, "warnings", "AdmissionResponse.response.warnings"),
            Annotations = WebhookResponseFields.TextMap(response, "auditAnnotations", "AdmissionResponse.response.auditAnnotations"),
        };
        if (strict)
        {
            CheckV1(root, uid, typed.Uid, typed.Patch, typed.PatchType, mutating);
        }

        return new WebhookResponse
        {
            Allowed = typed.Allowed,
            Status = typed.Status,
            Patch = mutating ? typed.Patch : [],
            // In v1beta1 patchType was optional, so v1beta1 patches are always JSON patches (contract 9.6).
            PatchType = strict ? typed.PatchType ?? "" : "JSONPatch",
            Warnings = typed.Warnings,
            AuditAnnotations = typed.Annotations,
        };
    }

    private static void CheckV1(JsonObject root, string sentUid, string uid, byte[] patch, string? patchType, bool mutating)
    {
        if (uid != sentUid)
        {
            throw Failed($"{InvalidPrefix}expected response.uid=\"{sentUid}\", got \"{uid}\"");
        }

        var (apiVersion, kind) = (root.Text("apiVersion"), root.Text("kind"));
        if (apiVersion.Length == 0 || kind.Length == 0)
        {
            var got = apiVersion.Length == 0 ? "/" : apiVersion;
            throw Failed($"{InvalidPrefix}expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got {got}, Kind={kind}");
        }

        var problem = (mutating, patch.Length > 0, patchType) switch
        {
            (true, true, null) => "webhook returned response.patch but not response.patchType",
            (true, false, not null) => "webhook returned response.patchType but not response.patch",
            (true, true, "") => "webhook returned invalid response.patchType of \"\"",
            (false, true, _) => "validating webhook may not return response.patch",
            (false, _, not null) => "validating webhook may not return response.patchType",
            _ => null,
        };
        if (problem is not null)
        {
            throw Failed($"{InvalidPrefix}{problem}");
        }
    }

    private static CallFailedException Failed(string reason) => new(reason);
}
