using System.Globalization;
using System.Text;
using k8s.Models;

namespace AdmissionSdk.Tests.Memory.Support;

/// <summary>Objects that become as much as possible for their size, most of which the API server stores.</summary>
internal static class WorstObjects
{
    /// <summary>Name, type, begin, the part that is repeated (# is its number) and end.</summary>
    public static IReadOnlyDictionary<string, (Type Type, string Start, string Part, string End)> All { get; } = new Dictionary<string, (Type, string, string, string)>
    {
        ["one text"] = (typeof(V1ConfigMap), """{"data":{"a":"b""", "x", "\"}}"),
        ["labels"] = (typeof(V1Pod), """{"metadata":{"labels":{"a":"" """, ",\"#\":\"\"", "}}}"),
        ["args"] = (typeof(V1Pod), """{"spec":{"containers":[{"name":"a","args":["" """, ",\"\"", "]}]}}"),
        ["groups"] = (typeof(V1Pod), """{"spec":{"securityContext":{"supplementalGroups":[0""", ",0", "]}}}"),
        ["quantities"] = (typeof(V1Pod), """{"spec":{"overhead":{"a":"1" """, ",\"#\":\"1\"", "}}}"),
        ["volumes"] = (typeof(V1Pod), """{"spec":{"volumes":[{"name":"a"}""", ",{\"name\":\"#\"}", "]}}"),
        ["rules"] = (typeof(V1NetworkPolicy), """{"spec":{"ingress":[{}""", ",{}", "]}}"),
        ["schemas"] = (typeof(V1CustomResourceDefinition), """{"spec":{"versions":[{"schema":{"openAPIV3Schema":{"properties":{"a":{}""", ",\"#\":{}", "}}}}]}}"),
        ["managed fields"] = (typeof(V1Pod), """{"metadata":{"managedFields":[{"fieldsV1":{"f:a":{}""", ",\"f:#\":{}", "}}]}}"),
        ["unknown lists"] = (typeof(V1Pod), """{"unknown":[[]""", ",[]", "]}"),
    };

    public static byte[] Create(string name, int bytes)
    {
        var (_, start, part, end) = All[name];
        var text = new StringBuilder(start, bytes + 64);
        for (var number = 0; text.Length + part.Length + end.Length + 8 < bytes; number++)
        {
            text.Append(part.Replace("#", number.ToString("x", CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }

        return Encoding.UTF8.GetBytes(text.Append(end).ToString());
    }
}
