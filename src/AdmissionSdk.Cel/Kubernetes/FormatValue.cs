using System.Globalization;
using System.Text.RegularExpressions;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Kubernetes;

/// <summary>A format with its rules and Kubernetes' texts about what breaks them.</summary>
internal sealed partial class FormatValue : FormatSize
{
    public const string Name = "kubernetes.NamedFormat";

    private const string Label1123 = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    private const string Label1035 = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
    private const string Subdomain1123 = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private const string LabelValueText = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    private const string NameText = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    // Kubernetes' words, apart from the rest of its sentence.
    private const string MustBe = "must be";

    private readonly string _name;

    private FormatValue(string name, int regexSize, Func<string, IEnumerable<string>> validate)
        : base(CelType.StructOf(Name), regexSize) => (_name, Validate) = (name, validate);

    public Func<string, IEnumerable<string>> Validate { get; }

    public static IReadOnlyDictionary<string, FormatValue> All { get; } = new Dictionary<string, FormatValue>(StringComparer.Ordinal)
    {
        ["dns1123Label"] = new("DNS1123Label", 30, static text => Limited(text, 63, Label1123Pattern(), Label1123)),
        ["dns1123Subdomain"] = new("DNS1123Subdomain", 60, static text => Limited(text, 253, Subdomain1123Pattern(), Subdomain1123)),
        ["dns1035Label"] = new("DNS1035Label", 30, static text => Limited(text, 63, Label1035Pattern(), Label1035)),
        ["qualifiedName"] = new("QualifiedName", 60, QualifiedName),
        ["dns1123LabelPrefix"] = new("DNS1123LabelPrefix", 30, static text => Limited(Unprefixed(text), 63, Label1123Pattern(), Label1123)),
        ["dns1123SubdomainPrefix"] = new("DNS1123SubdomainPrefix", 60, static text => Limited(Unprefixed(text), 253, Subdomain1123Pattern(), Subdomain1123)),
        ["dns1035LabelPrefix"] = new("DNS1035LabelPrefix", 30, static text => Limited(Unprefixed(text), 63, Label1035Pattern(), Label1035)),
        ["labelValue"] = new("LabelValue", 40, static text => Limited(text, 63, LabelValuePattern(), LabelValueText)),
        ["uri"] = new("URI", 1103, static text => UrlValue.Read(text) is { Problem: { } problem } ? [$"parse \"{text}\": {problem}"] : []),
        ["uuid"] = new("uuid", 70, static text => Unless(UuidPattern().IsMatch(text), "does not match the UUID format")),
        ["byte"] = new("byte", 84, static text => Unless(text.Length > 0 && Convert.TryFromBase64String(text, new byte[text.Length], out _), "invalid base64")),
        ["date"] = new("date", 71, static text => Unless(DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), "invalid date")),
        ["datetime"] = new("datetime", 71, static text => Unless(Library.TimeText.ParseTimestamp(text.ToUpperInvariant().Replace(' ', 'T')) is TimestampValue, "invalid datetime")),
    };

    internal override bool EqualTo(CelValue other) => other is FormatValue format && format._name == _name;

    public override string ToString() => _name;

    private static string[] Unless(bool holds, string problem) => holds ? [] : [problem];

    // A prefix of a name may end in a dash.
    private static string Unprefixed(string text) => text.EndsWith('-') && text.Length > 1 ? text[..^1] + "a" : text;

    private static IEnumerable<string> Limited(string text, int most, Regex pattern, string problem)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(text) > most)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{MustBe} no more than {most} bytes");
        }

        if (!pattern.IsMatch(text))
        {
            yield return problem;
        }
    }

    private static List<string> QualifiedName(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2)
        {
            return ["a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        }

        var problems = new List<string>();
        if (parts.Length == 2)
        {
            problems.AddRange(parts[0].Length == 0 ? ["prefix part must be non-empty"] : Limited(parts[0], 253, Subdomain1123Pattern(), Subdomain1123).Select(problem => "prefix part " + problem));
        }

        if (parts[^1].Length == 0)
        {
            problems.Add("name part must be non-empty");
        }

        problems.AddRange(Limited(parts[^1], 63, NamePattern(), NameText).Select(problem => problem == NameText ? problem : "name part " + problem));
        return problems;
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label1123Pattern();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label1035Pattern();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Subdomain1123Pattern();

    [GeneratedRegex(@"^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex LabelValuePattern();

    [GeneratedRegex(@"^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UuidPattern();
}
