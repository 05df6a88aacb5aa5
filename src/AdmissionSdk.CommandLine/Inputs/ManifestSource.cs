using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>Reads the manifests of a command, one file at a time. A file or document that cannot be read is reported and does not stop the others.</summary>
[Experimental("ADMEXP001")]
public sealed class ManifestSource
{
    // Bounds the memory; no manifest is as large.
    private const long LargestFile = 256 * 1024 * 1024;
    private const string TooLarge = "the file is too large for a manifest";

    private readonly IReadOnlyList<string> _paths;
    private readonly TextWriter _error;
    private readonly Action<Finding>? _report;
    private readonly Stream? _standardInput;

    /// <summary>Creates a source of manifests; <see cref="Read"/> reads the files.</summary>
    /// <param name="paths">Files, directories and globs; <c>-</c> or nothing for standard input.</param>
    /// <param name="error">Standard error, to which problems of the input are written.</param>
    /// <param name="report">Gets each problem of the input after <paramref name="error"/> did, such as <see cref="FindingReport.Add"/>; null for no report.</param>
    /// <param name="standardInput">A replacement for standard input; null for the real one.</param>
    public ManifestSource(IReadOnlyList<string>? paths, TextWriter error, Action<Finding>? report = null, Stream? standardInput = null)
    {
        _paths = paths is { Count: > 0 } ? paths : [ManifestFiles.StandardInput];
        _error = error;
        _report = report;
        _standardInput = standardInput;
    }

    /// <summary>True if a part of the input could not be read or written.</summary>
    public bool Failed { get; private set; }

    /// <summary>Creates the argument for the paths, with the description that all commands share.</summary>
    /// <returns>The argument.</returns>
    public static Argument<string[]> CreatePathsArgument() => new("paths")
    {
        Description = "Files, directories and globs; - or nothing for standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Reads the files, one at a time.</summary>
    /// <returns>Each file once, in order.</returns>
    public IEnumerable<ManifestText> Read()
    {
        HashSet<string> seen = [];
        foreach (var file in _paths.SelectMany(Expand).Where(seen.Add))
        {
            if (ReadFile(file) is { } text)
            {
                yield return text;
            }
        }
    }

    /// <summary>Reads the objects of a file. A document that cannot be read is reported and does not stop the others.</summary>
    /// <param name="text">The file.</param>
    /// <returns>The objects, in order.</returns>
    public IReadOnlyList<ManifestObject> ReadObjects(ManifestText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return [.. YamlReader.Read(text.Text).SelectMany(new ManifestObjectReader(text.File).Read)];
        }
        catch (YamlReadException)
        {
            return ReadParts(text);
        }
    }

    /// <summary>Reports an error in a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1.</param>
    /// <param name="message">The problem, in one line.</param>
    public void Fail(string file, int line, int column, string message)
    {
        Failed = true;
        Report(Finding.CreateForInput(file, line, column, FindingLevel.Error, Finding.UnreadableRule, message));
    }

    /// <summary>Reports a warning about a file, which does not count as a failure.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1.</param>
    /// <param name="rule">The kind of warning.</param>
    /// <param name="message">The problem, in one line.</param>
    public void Warn(string file, int line, int column, string rule, string message) =>
        Report(Finding.CreateForInput(file, line, column, FindingLevel.Warning, rule, message));

    /// <summary>Reports a part of a file that cannot be read.</summary>
    /// <param name="text">The file.</param>
    /// <param name="exception">The problem and its place.</param>
    public void Fail(ManifestText text, YamlReadException exception)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(exception);
        text.IsIncomplete = true;
        Fail(text.File, exception.Line, exception.Column, exception.Message);
    }

    private void Report(Finding finding)
    {
        _error.WriteLine(SafeText.ToLogLine(TextReport.Format(finding)));
        _report?.Invoke(finding);
    }

    private List<ManifestObject> ReadParts(ManifestText text)
    {
        List<ManifestObject> objects = [];
        var reader = new ManifestObjectReader(text.File);
        var document = 0;
        foreach (var part in TextPart.Split(text.Text))
        {
            var before = document;
            try
            {
                foreach (var root in YamlReader.Read(part))
                {
                    objects.AddRange(reader.Read(root, document++));
                }
            }
            catch (YamlReadException exception)
            {
                document = Math.Max(document, before + 1);
                Fail(text, Unrendered.Find(part) ?? exception);
            }
        }

        return objects;
    }

    private IReadOnlyList<string> Expand(string path)
    {
        try
        {
            return ManifestFiles.Expand(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(path, 1, 1, exception.Message);
            return [];
        }
    }

    private ManifestText? ReadFile(string file)
    {
        try
        {
            if (file == ManifestFiles.StandardInput)
            {
                return ReadStandardInput();
            }

            if (new FileInfo(file).Length > LargestFile)
            {
                Fail(file, 1, 1, TooLarge);
                return null;
            }

            return ManifestText.Decode(file, File.ReadAllBytes(file));
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

    private ManifestText? ReadStandardInput()
    {
        using var memory = new MemoryStream();
        using var stream = _standardInput ?? Console.OpenStandardInput();
        var buffer = new byte[64 * 1024];
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            memory.Write(buffer, 0, read);
            if (memory.Length > LargestFile)
            {
                Fail(ManifestText.StandardInputName, 1, 1, TooLarge);
                return null;
            }
        }

        return ManifestText.Decode(ManifestText.StandardInputName, memory.GetBuffer().AsSpan(0, (int)memory.Length));
    }
}
