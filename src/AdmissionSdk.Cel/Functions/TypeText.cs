using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Functions;

/// <summary>Types as signatures write them: <c>int</c>, <c>list&lt;A&gt;</c>, <c>map&lt;string, dyn&gt;</c>, <c>kubernetes.URL</c>. A single capital letter is decided by the use.</summary>
internal static class TypeText
{
    private static readonly Dictionary<string, CelType> Plain = new()
    {
        ["dyn"] = CelType.Dyn,
        ["null"] = CelType.Null,
        ["bool"] = CelType.Bool,
        ["int"] = CelType.Int,
        ["uint"] = CelType.Uint,
        ["double"] = CelType.Double,
        ["string"] = CelType.String,
        ["bytes"] = CelType.Bytes,
        ["duration"] = CelType.Duration,
        ["timestamp"] = CelType.Timestamp,
        ["type"] = CelType.Type,
        ["net.IP"] = CelType.OpaqueOf("net.IP"),
        ["net.CIDR"] = CelType.OpaqueOf("net.CIDR"),
    };

    public static CelType Parse(string text)
    {
        text = text.Trim();
        if (Plain.TryGetValue(text, out var plain))
        {
            return plain;
        }

        var open = text.IndexOf('<', StringComparison.Ordinal);
        if (open < 0)
        {
            return text.Length == 1 ? CelType.Parameter(text) : CelType.StructOf(text);
        }

        var parameters = ParseList(text[(open + 1)..^1]);
        return text[..open] switch
        {
            "list" => CelType.ListOf(parameters[0]),
            "map" => CelType.MapOf(parameters[0], parameters[1]),
            "optional" => CelType.OptionalOf(parameters[0]),
            "type" => CelType.TypeOf(parameters[0]),
            var name => CelType.OpaqueOf(name, parameters),
        };
    }

    public static CelType[] ParseList(string text)
    {
        var types = new List<CelType>();
        var (depth, start) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            depth += i == text.Length ? 0 : text[i] == '<' ? 1 : text[i] == '>' ? -1 : 0;
            if (i > start && (i == text.Length || (text[i] == ',' && depth == 0)))
            {
                types.Add(Parse(text[start..i]));
                start = i + 1;
            }
        }

        return [.. types];
    }
}
