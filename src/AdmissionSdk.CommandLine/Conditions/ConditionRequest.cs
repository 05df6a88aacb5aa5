using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Cel;
using AdmissionSdk.Registration;

namespace AdmissionSdk.CommandLine.Conditions;

/// <summary>The requests that a rule lets through, as match conditions see them: known is what the rule says, everything else is not known.</summary>
internal static class ConditionRequest
{
    private const string Any = "*";

    private static readonly (Operations Flag, string Name)[] AllOperations =
        [(Operations.Create, "CREATE"), (Operations.Update, "UPDATE"), (Operations.Delete, "DELETE"), (Operations.Connect, "CONNECT")];

    private static readonly string[] NeverKnown =
        ["authorizer", "request.kind", "request.requestKind", "request.name", "request.namespace", "request.userInfo", "request.dryRun", "request.options"];

    private static readonly string[] ResourceFields = ["resource", "requestResource"];

    private static readonly string[] SubresourceFields = ["subResource", "requestSubResource"];

    /// <summary>One entry for each operation and resource of the webhook's handlers.</summary>
    public static IEnumerable<CelInputs> FindAll(WebhookDescriptor webhook) =>
        from handler in webhook.Handlers
        from operation in AllOperations
        where handler.Operations.HasFlag(operation.Flag)
        from target in handler.Resources
        select Create(operation.Name, target, webhook.MatchPolicy == MatchPolicy.Exact);

    private static CelInputs Create(string operation, ResourceTarget target, bool exact)
    {
        HashSet<string> unknown = [.. NeverKnown];
        var request = new JsonObject { ["operation"] = operation };
        foreach (var resource in ResourceFields)
        {
            // An equivalent resource has another version, and sometimes another group (contract 2.9).
            var parts = new JsonObject();
            Set(parts, "group", target.Group, exact ? null : Any);
            Set(parts, "version", target.Version, exact ? null : Any);
            Set(parts, "resource", target.Resource, null);
            request[resource] = parts;

            void Set(JsonObject owner, string name, string value, string? hidden)
            {
                if (value == Any || hidden is not null)
                {
                    unknown.Add($"request.{resource}.{name}");
                }

                owner[name] = value;
            }
        }

        foreach (var name in SubresourceFields)
        {
            if (target.Subresource == Any)
            {
                unknown.Add($"request.{name}");
            }
            else if (target.Subresource.Length > 0)
            {
                request[name] = target.Subresource;
            }
        }

        if (operation != "DELETE")
        {
            unknown.Add("object");
        }

        if (operation is "UPDATE" or "DELETE")
        {
            unknown.Add("oldObject");
        }

        return new CelInputs { Request = JsonElement.Parse(request.ToJsonString()), Unknown = unknown };
    }
}
