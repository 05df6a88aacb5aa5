using System.CommandLine;
using System.Text;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>Reads the manifests of a command, one file at a time. What cannot be read is reported and the rest goes on.</summary>
public sealed class ManifestSource
{
    // More than any manifest; a bound for memory.
    private const long LargestFile = 256 * 1024 * 1024;

    private readonly IReadOnlyList<string> _paths;
    private readonly TextWriter _error;
    private readonly Stream? _standardInput;

    /// <summary>Reads manifests.</summary>
    /// <param name="paths">Files, directories and globs; <c>-</c> or nothing for standard input.</param>
    /// <param name="error">Where it is written what cannot be read.</param>
    /// <param name="standardInput">What stands in for standard input; null for the real one.</param>
    public ManifestSource(IReadOnlyList<string>? paths, TextWriter error, Stream? standardInput = null)
    {
        _paths = paths is { Count: > 0 } ? paths : [ManifestFiles.StandardInput];
        _error = error;
        _standardInput = standardInput;
    }

    /// <summary>True when something could not be read.</summary>
    public bool Failed { get; private set; }

    /// <summary>Where it is reported what cannot be read, besides the lines on standard error; null for nowhere.</summary>
    public FindingReport? Report { get; set; }

    /// <summary>The argument for the paths, as every command describes it.</summary>
    /// <returns>The argument.</returns>
    public static Argument<string[]> PathsArgument() => new("paths")
    {
        Description = "Files, directories and globs; - or nothing for standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>The texts, in order.</summary>
    /// <returns>Each file, once.</returns>
    public IEnumerable<ManifestText> Read()
    {
        using var files = ManifestFiles.Expand(_paths).GetEnumerator();
        while (Next(files) is { } file)
        {
            if (ReadFile(file) is { } text)
            {
                yield return text;
            }
        }
    }

    /// <summary>The objects of a file. What cannot be read is reported.</summary>
    /// <param name="text">The file.</param>
    /// <returns>The objects, in order.</returns>
    public IReadOnlyList<ManifestObject> Objects(ManifestText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reader = new ObjectReader(text.File);
        try
        {
            return [.. YamlReader.Read(text.Text).SelectMany(reader.Read)];
        }
        catch (YamlReadException exception)
        {
            Fail(text, exception);
            return [];
        }
    }

    /// <summary>Reports what is wrong with a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1.</param>
    /// <param name="message">What, in one line.</param>
    public void Fail(string file, int line, int column, string message)
    {
        var finding = Finding.Unreadable(file, line, column, message);
        Failed = true;
        _error.WriteLine(SafeText.Line(TextReport.Of(finding)));
        Report?.Add(finding);
    }

    /// <summary>Reports that a part of a file cannot be read.</summary>
    /// <param name="text">The file.</param>
    /// <param name="exception">What is wrong.</param>
    public void Fail(ManifestText text, YamlReadException exception)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(exception);
        text.IsIncomplete = true;
        var template = text.Text.Contains("{{", StringComparison.Ordinal) ? "; it looks like a template that was not rendered (helm template)" : "";
        Fail(text.File, exception.Line, exception.Column, exception.Message + template);
    }

    private string? Next(IEnumerator<string> files)
    {
        try
        {
            return files.MoveNext() ? files.Current : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Failed = true;
            _error.WriteLine($"error: {exception.Message}");
            return null;
        }
    }

    private ManifestText? ReadFile(string file)
    {
        try
        {
            if (file == ManifestFiles.StandardInput)
            {
                using var memory = new MemoryStream();
                using var stream = _standardInput ?? Console.OpenStandardInput();
                stream.CopyTo(memory);
                return ManifestText.Of(ManifestText.StandardInputName, memory.GetBuffer().AsSpan(0, (int)memory.Length));
            }

            if (new FileInfo(file).Length > LargestFile)
            {
                Fail(file, 1, 1, "the file is too large for a manifest");
                return null;
            }

            return ManifestText.Of(file, File.ReadAllBytes(file));
        }
        catch (DecoderFallbackException)
        {
            Fail(file, 1, 1, "the file is not UTF-8");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(file, 1, 1, exception.Message);
        }

        return null;
    }
}
