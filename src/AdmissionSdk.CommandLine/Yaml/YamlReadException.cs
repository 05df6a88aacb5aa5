using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>A text that is no YAML, or YAML of which it is not certain what Kubernetes would read.</summary>
[Experimental("ADMEXP001")]
public sealed class YamlReadException : Exception
{
    /// <summary>Something is wrong with a text.</summary>
    /// <param name="message">What, in one line.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1.</param>
    public YamlReadException(string message, int line, int column)
        : base(message)
    {
        Line = line;
        Column = column;
    }

    /// <summary>Something is wrong with a text.</summary>
    public YamlReadException()
    {
    }

    /// <summary>Something is wrong with a text.</summary>
    /// <param name="message">What, in one line.</param>
    public YamlReadException(string message)
        : base(message)
    {
    }

    /// <summary>Something is wrong with a text.</summary>
    /// <param name="message">What, in one line.</param>
    /// <param name="innerException">What led to it.</param>
    public YamlReadException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The line, from 1; 0 if not known.</summary>
    public int Line { get; }

    /// <summary>The column, from 1; 0 if not known.</summary>
    public int Column { get; }
}
