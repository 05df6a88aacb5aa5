using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Rules.Json;

/// <summary>JSON merge patch (RFC 7386): a null removes, an object merges, anything else replaces.</summary>
internal static class MergePatch
{
    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject members)
            {
                var inner = target[name] is JsonObject existing ? existing.Clone() : [];
                target[name] = Apply(inner, members);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }

        return target;
    }
}
