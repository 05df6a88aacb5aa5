using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Resources;
using k8s.Models;

namespace AdmissionSdk.Testing.Simulation.Results;

/// <summary>Makes the API server's Status objects, with the server's texts.</summary>
internal static class Statuses
{
    public static ApiStatusException Internal(string reason) => Failure(500, "InternalError", $"Internal error occurred: {reason}", new JsonObject
    {
        ["causes"] = new JsonArray(new JsonObject { ["message"] = reason }),
    });

    public static ApiStatusException BadRequest(string message) => Failure(400, "BadRequest", message);

    public static ApiStatusException Timeout(string message) => Failure(504, "Timeout", $"Timeout: {message}", []);

    /// <summary>Makes the response of the server's timeout filter, whose Status has neither kind nor apiVersion.</summary>
    public static ApiStatusException TimeoutOfFilter()
    {
        var timeout = Timeout("request did not complete within the allotted timeout");
        timeout.Status.Remove("kind");
        timeout.Status.Remove("apiVersion");
        return timeout;
    }

    /// <summary>Makes the response to a path that the server does not serve.</summary>
    public static ApiStatusException UnknownPath() => Failure(404, "NotFound", "the server could not find the requested resource", []);

    public static ApiStatusException NotFound(ResourceInfo resource, string name) =>
        Failure(404, "NotFound", $"{resource.Qualified} \"{name}\" not found", Details(resource, name));

    public static ApiStatusException AlreadyExists(ResourceInfo resource, string name) =>
        Failure(409, "AlreadyExists", $"{resource.Qualified} \"{name}\" already exists", Details(resource, name));

    public static ApiStatusException Conflict(ResourceInfo resource, string name, string reason) =>
        Failure(409, "Conflict", $"Operation cannot be fulfilled on {resource.Qualified} \"{name}\": {reason}", Details(resource, name));

    public static ApiStatusException Forbidden(ResourceInfo resource, string name, string reason) =>
        Failure(403, "Forbidden", $"{resource.Qualified} \"{name}\" is forbidden: {reason}", Details(resource, name));

    /// <summary>Makes a plain error of the storage, without a reason.</summary>
    public static ApiStatusException Plain(string message) => Failure(500, "", message);

    public static ApiStatusException Invalid(ResourceInfo resource, string name, IReadOnlyList<V1StatusCause> causes) =>
        Invalid(resource.Group, resource.Kind, name, causes);

    public static ApiStatusException Invalid(string group, string kind, string name, IReadOnlyList<V1StatusCause> causes)
    {
        var errors = causes.Select(cause => $"{cause.Field}: {cause.Message}").Distinct(StringComparer.Ordinal).ToList();
        var details = Details(group, kind, name);
        details["causes"] = new JsonArray([.. causes.Select(Cause)]);
        var qualified = group.Length == 0 ? kind : $"{kind}.{group}";
        return Failure(422, "Invalid", $"{qualified} \"{name}\" is invalid: {(errors.Count == 1 ? errors[0] : $"[{string.Join(", ", errors)}]")}", details);
    }

    public static ApiStatusException Failure(int code, string reason, string message, JsonObject? details = null)
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = message,
        };
        if (reason.Length > 0)
        {
            status["reason"] = reason;
        }

        if (details is not null)
        {
            status["details"] = details;
        }

        status["code"] = code;
        return new ApiStatusException(status);
    }

    public static JsonObject Success(JsonObject? details = null)
    {
        var status = new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success" };
        if (details is not null)
        {
            status["details"] = details;
        }

        return status;
    }

    private static JsonNode Cause(V1StatusCause cause) =>
        new JsonObject { ["reason"] = cause.Reason, ["message"] = cause.Message, ["field"] = cause.Field };

    private static JsonObject Details(ResourceInfo resource, string name) => Details(resource.Group, resource.Plural, name);

    private static JsonObject Details(string group, string kind, string name)
    {
        var details = new JsonObject();
        foreach (var (member, value) in new[] { ("name", name), ("group", group), ("kind", kind) })
        {
            if (value.Length > 0)
            {
                details[member] = value;
            }
        }

        return details;
    }
}
