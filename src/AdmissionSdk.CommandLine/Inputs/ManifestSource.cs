using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>Reads the manifests of a command, one file at a time. A file or document that cannot be read is reported and does not stop the others.</summary>
[Experimental("ADMEXP001")]
public sealed class ManifestSource
{
    // Bounds the memory; no manifest is as large.
    private const long LargestFile = 256 * 1024 * 1024;

    private readonly IReadOnlyList<string> _paths;
    private readonly TextWriter _error;
    private readonly Action<Finding>? _report;
    private readonly Stream? _standardInput;
    private readonly InputCount _count = new();
    private List<string>? _files;
    private LoadedText? _standardText;

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

    /// <summary>The paths and globs to leave out. A pattern without a slash matches at any depth, and a directory stands for everything below. Default: none.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>True if a part of the input could not be read or written.</summary>
    public bool Failed { get; private set; }

    /// <summary>True if <see cref="Warn"/> reported a warning.</summary>
    public bool Warned { get; private set; }

    /// <summary>One line with the numbers of objects that were read, judged, and not judged, with the reasons.</summary>
    public string Summary => _count.ToString();

    /// <summary>True if an object or document was not judged, or if there was none.</summary>
    public bool HasUnjudged => _count.HasUnjudged;

    /// <summary>Creates the argument for the paths, with the description that all commands share.</summary>
    /// <returns>The argument.</returns>
    public static Argument<string[]> CreatePathsArgument() => new("paths")
    {
        Description = "Files, directories and globs; - or nothing for standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Creates the option for <see cref="Exclude"/>, with the description that all commands share.</summary>
    /// <returns>The option.</returns>
    public static Option<string[]> CreateExcludeOption() =>
        new("--exclude") { Description = "A file, directory or glob to leave out; can be repeated.", HelpName = "PATTERN" };

    /// <summary>Reads the files, one at a time.</summary>
    /// <returns>Each file once, in order.</returns>
    public IEnumerable<ManifestText> Read()
    {
        foreach (var file in FindFiles())
        {
            _count.AddFile();
            var loaded = Load(file);
            if (loaded.Text is { } text)
            {
                yield return text;
            }
            else
            {
                _count.AddObject();
                Skip(InputCount.Unreadable);
                Fail(loaded.File, 1, 1, loaded.Problem!);
            }
        }
    }

    /// <summary>
    /// Reads the objects of a file, one document at a time; enumerate the result once. A document that cannot be read is reported and does not stop the
    /// others.
    /// </summary>
    /// <param name="text">The file.</param>
    /// <returns>The objects, in order.</returns>
    public IEnumerable<ManifestObject> ReadObjects(ManifestText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ReadAll(text, isSurvey: false);
    }

    /// <summary>
    /// Reads every object of every file without a report, for a command that has to know something of all objects before it judges one. Standard input is
    /// kept for <see cref="Read"/>.
    /// </summary>
    /// <returns>The objects, in order.</returns>
    public IEnumerable<ManifestObject> Survey() =>
        FindFiles().Select(Load).Select(loaded => loaded.Text).OfType<ManifestText>().SelectMany(text => ReadAll(text, isSurvey: true));

    /// <summary>Counts an object of <see cref="ReadObjects"/> that the command did not judge.</summary>
    /// <param name="reason">The reason, as a part of a sentence, such as <c>of a kind without a handler</c>.</param>
    public void Skip(string reason) => _count.Skip(reason);

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
    public void Warn(string file, int line, int column, string rule, string message)
    {
        Warned = true;
        Report(Finding.CreateForInput(file, line, column, FindingLevel.Warning, rule, message));
    }

    /// <summary>Reports an object or document that cannot be read, and counts it.</summary>
    /// <param name="text">The file.</param>
    /// <param name="exception">The problem and its place.</param>
    public void Fail(ManifestText text, YamlReadException exception)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(exception);
        text.IsIncomplete = true;
        Skip(InputCount.Unreadable);
        Fail(text.File, exception.Line, exception.Column, exception.Message);
    }

    private void Report(Finding finding)
    {
        _error.WriteLine(SafeText.ToLogLine(TextReport.Format(finding)));
        _report?.Invoke(finding);
    }

    private IEnumerable<ManifestObject> ReadAll(ManifestText text, bool isSurvey)
    {
        var reader = new ManifestObjectReader(text.File);
        var number = 0;
        foreach (var document in YamlReader.ReadDocuments(text.Text))
        {
            var (objects, refusal) = ReadDocument(reader, document, number++);
            if (!isSurvey)
            {
                Report(text, document, reader, objects.Count, refusal);
            }

            foreach (var item in objects)
            {
                yield return item;
            }

            if (reader.IsFull)
            {
                yield break;
            }
        }
    }

    private static (List<ManifestObject> Objects, YamlReadException? Refusal) ReadDocument(ManifestObjectReader reader, ParsedDocument document, int number)
    {
        try
        {
            return ([.. reader.Read(document.Root, number)], document.Refusal);
        }
        catch (YamlReadException exception)
        {
            return ([], exception);
        }
    }

    private void Report(ManifestText text, ParsedDocument document, ManifestObjectReader reader, int objects, YamlReadException? refusal)
    {
        for (var at = 0; at < objects; at++)
        {
            _count.AddObject();
        }

        if (refusal is not null)
        {
            _count.AddObject();
            Fail(text, refusal);
        }
        else if (document.Root is not null && !reader.HasKind)
        {
            _count.AddObject();
            Skip(InputCount.WithoutKind);
        }

        if (document.Unread is var (line, column))
        {
            Warn(text.File, line, column, "unread", "kubectl does not read what follows the end of a document; begin a document with ---");
        }

        foreach (var (noticeLine, noticeColumn, message) in reader.Notices)
        {
            Warn(text.File, noticeLine, noticeColumn, "items", message);
        }

        reader.Notices.Clear();
    }

    // Each file has one name, however often and by which paths it is named.
    private List<string> FindFiles()
    {
        if (_files is not null)
        {
            return _files;
        }

        var found = new ManifestFiles(new PathFilter(Exclude));
        HashSet<string> seen = new(StringComparer.Ordinal);
        _files = [.. _paths.SelectMany(path => Expand(found, path)).Where(file => seen.Add(file == ManifestFiles.StandardInput ? file : Path.GetFullPath(file)))];
        _count.AddExcluded(found.ExcludedCount);
        foreach (var chart in found.Charts)
        {
            _count.AddObject();
            Skip(InputCount.InCharts);
            Fail(chart, 1, 1, $"a Helm chart is judged by what it renders: pass the output of helm template {Path.GetDirectoryName(chart)} to this command, and leave the chart out with --exclude {Path.GetDirectoryName(chart)}");
        }

        return _files;
    }

    private IReadOnlyList<string> Expand(ManifestFiles found, string path)
    {
        try
        {
            return [.. found.Expand(path)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(path, 1, 1, exception.Message);
            return [];
        }
    }

    private LoadedText Load(string file)
    {
        try
        {
            return file == ManifestFiles.StandardInput ? _standardText ??= LoadStandardInput()
                : new FileInfo(file).Length > LargestFile ? LoadedText.TooLarge(file)
                : LoadedText.Decode(file, File.ReadAllBytes(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new LoadedText(file, null, exception.Message);
        }
    }

    private LoadedText LoadStandardInput()
    {
        using var memory = new MemoryStream();
        using var stream = _standardInput ?? Console.OpenStandardInput();
        var buffer = new byte[64 * 1024];
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            memory.Write(buffer, 0, read);
            if (memory.Length > LargestFile)
            {
                return LoadedText.TooLarge(ManifestText.StandardInputName);
            }
        }

        return LoadedText.Decode(ManifestText.StandardInputName, memory.GetBuffer().AsSpan(0, (int)memory.Length));
    }
}
