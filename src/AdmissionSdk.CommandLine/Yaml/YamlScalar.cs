using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>A scalar of a YAML or JSON document.</summary>
[Experimental("ADMEXP001")]
public sealed class YamlScalar : YamlNode
{
    internal YamlScalar(string value, YamlScalarStyle style, int start, int end, string tag, int line, int column)
        : base(line, column)
    {
        Value = value;
        Style = style;
        Start = start;
        End = end;
        Tag = tag;
    }

    /// <summary>The value, without quotes and escapes.</summary>
    public string Value { get; }

    /// <summary>The style in the text.</summary>
    public YamlScalarStyle Style { get; }

    /// <summary>The index of the first character in the file, quotes included.</summary>
    public int Start { get; private init; }

    /// <summary>The index after the last character in the file.</summary>
    public int End { get; private init; }

    /// <summary>An explicit tag such as <c>!!str</c>, or empty.</summary>
    public string Tag { get; }

    internal override NodeSpan Span
    {
        get => new(Start, End, IsFlow: true);
        init => (Start, End) = (value.Start, value.End);
    }

    /// <summary>False if a tag gives the text another value: kubectl reads <c>!!binary YQ==</c> as <c>a</c>.</summary>
    public bool IsAsWritten => !ScalarResolver.IsResolved(Tag);

    /// <summary>The value of a scalar without such a tag.</summary>
    /// <exception cref="YamlReadException">The scalar has a tag by which kubectl would read another value.</exception>
    public string Text => IsAsWritten ? Value : throw new YamlReadException($"\"{Value}\" has the tag {Tag}; write the value itself", Line, Column);

    /// <summary>The kind of the value; only a plain scalar can be anything but a string. <c>yes</c> and <c>off</c>, which readers of YAML take in different ways, are strings.</summary>
    public YamlScalarKind Kind => KubectlKind == YamlScalarKind.Boolean && !Value.Equals("true", StringComparison.OrdinalIgnoreCase) && !Value.Equals("false", StringComparison.OrdinalIgnoreCase)
        ? YamlScalarKind.String : KubectlKind;

    /// <summary>True if the scalar as a key is a merge for kubectl: without quotes and tag, or with a tag that says so.</summary>
    internal bool IsMerge => Value == "<<" && Tag switch { "" => Style == YamlScalarStyle.Plain, "!" or "tag:yaml.org,2002:merge" => true, _ => false };

    /// <summary>The kind of the value for kubectl, which reads <c>yes</c> as true.</summary>
    internal YamlScalarKind KubectlKind => !IsAsWritten ? YamlScalarKind.Tagged
        : Style != YamlScalarStyle.Plain || Tag.Length > 0 ? YamlScalarKind.String : ScalarResolver.Kind(Value);
}
