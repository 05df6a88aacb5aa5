using System.CommandLine;
using System.CommandLine.Parsing;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>Where changed manifests go: back into their files, as a diff, or one after the other to standard output.</summary>
public sealed class ManifestOutput
{
    private readonly ManifestSource _source;
    private readonly TextWriter _output;
    private readonly bool _write;
    private readonly bool _diff;
    private char? _last;

    /// <summary>Writes manifests.</summary>
    /// <param name="source">Where they came from, which is told what cannot be written.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="write">Whether files are changed in place.</param>
    /// <param name="diff">Whether only differences are written.</param>
    public ManifestOutput(ManifestSource source, TextWriter output, bool write, bool diff)
    {
        _source = source;
        _output = output;
        _write = write;
        _diff = diff;
    }

    /// <summary>The options that say where to, as every command describes them.</summary>
    /// <returns>The options.</returns>
    public static (Option<bool> Write, Option<bool> Diff) Options() =>
        (new Option<bool>("--write") { Description = "Changes the files in place." }, new Option<bool>("--diff") { Description = "Prints what would change." });

    /// <summary>A validator for a command with both options.</summary>
    /// <param name="write">The option to write.</param>
    /// <param name="diff">The option for a diff.</param>
    /// <returns>The validator.</returns>
    public static Action<CommandResult> RefuseBoth(Option<bool> write, Option<bool> diff) => result =>
    {
        if (result.GetValue(write) && result.GetValue(diff))
        {
            result.AddError("--write and --diff cannot be combined");
        }
    };

    /// <summary>Writes a file's new text.</summary>
    /// <param name="file">The file.</param>
    /// <param name="text">The text, which may be the old one.</param>
    public void Write(ManifestText file, string text)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(text);
        if (_diff)
        {
            file.WriteDiff(text, _output);
        }
        else if (!_write || file.IsStandardInput)
        {
            Append(file, text);
        }
        else if (text != file.Text)
        {
            Save(file, text);
        }
    }

    // What comes out is one stream of documents.
    private void Append(ManifestText file, string text)
    {
        if (_last is { } last)
        {
            _output.Write(last == '\n' ? "" : "\n");
            // A directive is only understood after the end of the document before it.
            _output.Write(TextPart.IsMarker(text) ? "" : text.StartsWith('%') ? "...\n" : "---\n");
        }
        else
        {
            _output.Write(file.Mark);
        }

        _output.Write(text);
        _last = text.Length > 0 ? text[^1] : '\n';
    }

    private void Save(ManifestText file, string text)
    {
        try
        {
            file.Save(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _source.Fail(file.File, 1, 1, $"the file cannot be written: {exception.Message}");
        }
    }
}
