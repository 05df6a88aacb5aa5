using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>A scalar whose text could not be changed with certainty.</summary>
[Experimental("ADMEXP001")]
public sealed class YamlEditRefusal
{
    internal YamlEditRefusal(YamlScalar scalar, string reason)
    {
        Scalar = scalar;
        Reason = reason;
    }

    /// <summary>The scalar, which is as it was.</summary>
    public YamlScalar Scalar { get; }

    /// <summary>The reason and the remedy, for people.</summary>
    public string Reason { get; }
}
