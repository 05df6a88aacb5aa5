using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>A scalar.</summary>
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

    /// <summary>How it is written.</summary>
    public YamlScalarStyle Style { get; }

    /// <summary>Where its text begins in the file, quotes included, in characters.</summary>
    public int Start { get; }

    /// <summary>Where its text ends.</summary>
    public int End { get; }

    /// <summary>An explicit tag such as <c>!!str</c>, or empty.</summary>
    public string Tag { get; }

    internal override NodeSpan Span => new(Start, End, IsFlow: true);

    /// <summary>False if a tag makes something else of the text: <c>!!binary YQ==</c> is <c>a</c> to kubectl.</summary>
    public bool IsAsWritten => Tag is "" or "!" or "tag:yaml.org,2002:str";

    /// <summary>The value, unless a tag makes something else of it.</summary>
    /// <exception cref="YamlReadException">It has a tag, and kubectl would read something else than what is written.</exception>
    public string Text => IsAsWritten ? Value : throw new YamlReadException($"\"{Value}\" has the tag {Tag}; write the value itself", Line, Column);

    /// <summary>What the value is: only a plain scalar can be anything but a string. <c>yes</c> and <c>off</c>, of which readers of YAML think differently, are strings here.</summary>
    public YamlScalarKind Kind => KubectlKind == YamlScalarKind.Boolean && Value.ToLowerInvariant() is not ("true" or "false") ? YamlScalarKind.String : KubectlKind;

    /// <summary>What the value is to kubectl, to which <c>yes</c> is true.</summary>
    internal YamlScalarKind KubectlKind => !IsAsWritten ? YamlScalarKind.Tagged
        : Style != YamlScalarStyle.Plain || Tag.Length > 0 ? YamlScalarKind.String : ScalarResolver.Kind(Value);
}
