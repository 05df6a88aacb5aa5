using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Kubernetes;

/// <summary>Named formats, as <c>format.dns1123Label().validate(name)</c>.</summary>
internal static class FormatLibrary
{
    public static FunctionLibrary Create()
    {
        var library = new FunctionLibrary()
            .Add(CelType.StructOf(FormatValue.Name))
            .Add("format-validate", $"({FormatValue.Name}).validate(string): optional<list<string>>", static a => Validate((FormatValue)a[0], ((StringValue)a[1]).Value))
            .Add("format-named", $"format.named(string): optional<{FormatValue.Name}>", static a => FormatValue.All.TryGetValue(((StringValue)a[0]).Value, out var format) ? new OptionalValue(format) : OptionalValue.None);
        foreach (var (name, format) in FormatValue.All)
        {
            library.Add($"format.{name}", $"format.{name}(): {FormatValue.Name}", _ => format);
        }

        return library;
    }

    private static OptionalValue Validate(FormatValue format, string text)
    {
        CelValue[] problems = [.. format.Validate(text).Select(problem => new StringValue(problem))];
        return problems.Length == 0 ? OptionalValue.None : new OptionalValue(new ArrayListValue(problems));
    }
}
