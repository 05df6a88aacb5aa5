using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>Writes changed manifests: into their files, as a diff, or one after the other to standard output.</summary>
[Experimental("ADMEXP001")]
public sealed class ManifestOutput
{
    private readonly ManifestSource _source;
    private readonly TextWriter _output;
    private readonly bool _write;
    private readonly bool _diff;
    private char? _last;

    internal ManifestOutput(ManifestSource source, TextWriter output, bool write, bool diff)
    {
        _source = source;
        _output = output;
        _write = write;
        _diff = diff;
    }

    /// <summary>Writes a file's new text.</summary>
    /// <param name="file">The file.</param>
    /// <param name="text">The text, which may be unchanged.</param>
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

    // Standard output is one stream of documents.
    private void Append(ManifestText file, string text)
    {
        if (_last is { } last)
        {
            _output.Write(last == '\n' ? "" : "\n");
            _output.Write(text.StartsWith("---", StringComparison.Ordinal) ? "" : "---\n");
        }
        else
        {
            _output.Write(file.ByteOrderMark);
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
