using System.Globalization;

namespace ImageRegistryWebhook.Yaml;

/// <summary>A scalar.</summary>
/// <param name="Value">The value, without quotes and escapes.</param>
/// <param name="Style">How it is written.</param>
/// <param name="Start">Where its text begins in the file, quotes included, in characters.</param>
/// <param name="End">Where its text ends.</param>
/// <param name="Tag">An explicit tag such as <c>!!str</c>, or empty.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
internal sealed record YamlScalar(string Value, YamlScalarStyle Style, int Start, int End, string Tag, int Line, int Column) : YamlNode(Line, Column)
{
    /// <summary>Two scalars with the same text are still two places.</summary>
    public bool Equals(YamlScalar? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>False if a tag makes something else of the text: <c>!!binary YQ==</c> is <c>a</c> to kubectl.</summary>
    public bool IsAsWritten => Tag is "" or "!" or "tag:yaml.org,2002:str";

    /// <summary>What the value is: only a plain scalar can be anything but a string.</summary>
    public YamlScalarKind Kind => !IsAsWritten ? YamlScalarKind.Tagged : Style != YamlScalarStyle.Plain || Tag.Length > 0 ? YamlScalarKind.String : Value switch
    {
        "" or "~" or "null" or "Null" or "NULL" => YamlScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => YamlScalarKind.Boolean,
        _ => IsNumber(Value) ? YamlScalarKind.Number : YamlScalarKind.String,
    };

    private static bool IsNumber(string value) =>
        (char.IsAsciiDigit(value[0]) || value[0] is '+' or '-' or '.')
        && (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            || ((value.StartsWith("0x", StringComparison.Ordinal) || value.StartsWith("0o", StringComparison.Ordinal))
                && value.Length > 2 && value.Skip(2).All(char.IsAsciiHexDigit))
            || value.TrimStart('+', '-') is ".inf" or ".Inf" or ".INF" or ".nan" or ".NaN" or ".NAN");
}
