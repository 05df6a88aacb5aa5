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
    public int Start { get; }

    /// <summary>The index after the last character in the file.</summary>
    public int End { get; }

    /// <summary>An explicit tag such as <c>!!str</c>, or empty.</summary>
    public string Tag { get; }

    internal override NodeSpan Span => new(Start, End, IsFlow: true);

    /// <summary>False if a tag gives the text another value: kubectl reads <c>!!binary YQ==</c> as <c>a</c>.</summary>
    public bool IsAsWritten => Tag is "" or "!" or "tag:yaml.org,2002:str";

    /// <summary>The value of a scalar without such a tag.</summary>
    /// <exception cref="YamlReadException">The scalar has a tag by which kubectl would read another value.</exception>
    public string Text => IsAsWritten ? Value : throw new YamlReadException($"\"{Value}\" has the tag {Tag}; write the value itself", Line, Column);

    /// <summary>The kind of the value; only a plain scalar can be anything but a string. <c>yes</c> and <c>off</c>, which readers of YAML take in different ways, are strings.</summary>
    public YamlScalarKind Kind => KubectlKind == YamlScalarKind.Boolean && Value.ToLowerInvariant() is not ("true" or "false") ? YamlScalarKind.String : KubectlKind;

    /// <summary>The kind of the value for kubectl, which reads <c>yes</c> as true.</summary>
    internal YamlScalarKind KubectlKind => !IsAsWritten ? YamlScalarKind.Tagged
        : Style != YamlScalarStyle.Plain || Tag.Length > 0 ? YamlScalarKind.String : ScalarResolver.Kind(Value);
}
