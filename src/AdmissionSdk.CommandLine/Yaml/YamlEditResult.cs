using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>The outcome of <see cref="YamlEditor.Apply"/>.</summary>
[Experimental("ADMEXP001")]
public sealed class YamlEditResult
{
    internal YamlEditResult(string text, IReadOnlyList<YamlEditRefusal> refusals)
    {
        Text = text;
        Refusals = refusals;
    }

    /// <summary>The text with every change that was certain.</summary>
    public string Text { get; }

    /// <summary>The changes that were not made.</summary>
    public IReadOnlyList<YamlEditRefusal> Refusals { get; }
}
