using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>The error of a text that is not YAML, or that Kubernetes might read in another way.</summary>
[Experimental("ADMEXP001")]
public sealed class YamlReadException : Exception
{
    /// <summary>Describes a problem at a place of a text.</summary>
    /// <param name="message">The problem, in one line.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1.</param>
    public YamlReadException(string message, int line, int column)
        : base(message)
    {
        Line = line;
        Column = column;
    }

    /// <summary>Describes a problem without a message.</summary>
    public YamlReadException()
    {
    }

    /// <summary>Describes a problem at an unknown place.</summary>
    /// <param name="message">The problem, in one line.</param>
    public YamlReadException(string message)
        : base(message)
    {
    }

    /// <summary>Describes a problem at an unknown place.</summary>
    /// <param name="message">The problem, in one line.</param>
    /// <param name="innerException">The cause.</param>
    public YamlReadException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The line, from 1; 0 if unknown.</summary>
    public int Line { get; }

    /// <summary>The column, from 1; 0 if unknown.</summary>
    public int Column { get; }
}
