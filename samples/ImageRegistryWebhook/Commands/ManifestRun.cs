using System.CommandLine;
using System.Text;
using ImageRegistryWebhook.Manifests;
using ImageRegistryWebhook.Policies;
using ImageRegistryWebhook.Yaml;

namespace ImageRegistryWebhook.Commands;

/// <summary>Reads the manifests of a command, one file at a time, and judges their images. What cannot be read is reported and the rest goes on.</summary>
internal sealed class ManifestRun(InputOptions options, ParseResult parsed, Stream? input)
{
    // More than any manifest; a bound for memory.
    private const long LargestFile = 256 * 1024 * 1024;

    private readonly TextWriter _error = parsed.InvocationConfiguration.Error;

    /// <summary>True when something could not be read.</summary>
    public bool Failed { get; private set; }

    /// <summary>The policy's engine; null, with <see cref="Failed"/> set, if there is none to be had.</summary>
    public PolicyEngine? Engine { get; private set; }

    /// <summary>Reads the policy.</summary>
    /// <param name="required">Whether there must be one.</param>
    /// <returns>False if the command cannot go on.</returns>
    public bool ReadPolicy(bool required)
    {
        var path = parsed.GetValue(options.Policy);
        Engine = path is null ? null : PolicySource.Read(path, _error);
        if (required && path is null)
        {
            _error.WriteLine("error: --policy FILE is needed");
        }

        Failed = Engine is null && (required || path is not null);
        return !Failed;
    }

    /// <summary>Each file with its findings.</summary>
    public IEnumerable<(ManifestText File, IReadOnlyList<ImageFinding> Findings)> Files()
    {
        var scanner = options.Scanner(parsed);
        var judge = new ImageJudge(Engine, options.Context(parsed));
        var paths = parsed.GetValue(options.Paths) is { Length: > 0 } given ? given : [ManifestFiles.StandardInput];
        using var files = ManifestFiles.Expand(paths).GetEnumerator();
        while (Next(files) is { } file)
        {
            if (Read(file) is { } text && Scan(scanner, text) is { } images)
            {
                yield return (text, [.. images.Select(judge.Judge)]);
            }
        }
    }

    /// <summary>Writes something that is wrong with the input.</summary>
    public void Fail(string file, int line, int column, string message)
    {
        Failed = true;
        _error.WriteLine($"{file}:{line}:{column}: error: {message}");
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

    private ManifestText? Read(string file)
    {
        try
        {
            if (file == ManifestFiles.StandardInput)
            {
                using var memory = new MemoryStream();
                using var stream = input ?? Console.OpenStandardInput();
                stream.CopyTo(memory);
                return ManifestText.Of("<stdin>", memory.GetBuffer().AsSpan(0, (int)memory.Length));
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

    private List<ManifestImage>? Scan(ManifestScanner scanner, ManifestText text)
    {
        try
        {
            return [.. scanner.Scan(text.Text, text.File)];
        }
        catch (YamlReadException exception)
        {
            var template = text.Text.Contains("{{", StringComparison.Ordinal) ? "; it looks like a template that was not rendered (helm template)" : "";
            Fail(text.File, exception.Line, exception.Column, exception.Message + template);
            return null;
        }
    }
}
