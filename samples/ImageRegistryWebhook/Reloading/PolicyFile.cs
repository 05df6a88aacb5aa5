using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Reloading;

/// <summary>The policy file and its lock file. Remembers the last texts, so that a change can be noticed.</summary>
internal sealed class PolicyFile(string path)
{
    private readonly string _directory = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
    private Dictionary<string, string?> _texts = [];

    /// <summary>The path as configured.</summary>
    public string Path => path;

    /// <summary>The texts that <see cref="Load"/> has read, by full path; null for a file that cannot be read.</summary>
    public IReadOnlyDictionary<string, string?> Texts => _texts;

    /// <summary>The directories of the policy file and its lock file.</summary>
    public IEnumerable<string> Directories =>
        _texts.Keys.Append(System.IO.Path.GetFullPath(path)).Select(file => System.IO.Path.GetDirectoryName(file)!).Distinct(StringComparer.Ordinal);

    /// <summary>Tests if a file differs from the text that <see cref="Load"/> has read, or if a file has become readable or unreadable.</summary>
    public bool HasChanged() => _texts.Any(file => TryRead(file.Key, out _) != file.Value);

    /// <summary>Reads the policy.</summary>
    public PolicyFileLoad Load()
    {
        _texts = [];
        var text = Read(System.IO.Path.GetFullPath(path), out var error);
        if (text is null)
        {
            return new PolicyFileLoad(null, [$"{path} cannot be read: {error}"], []);
        }

        var load = PolicyReader.Read(text, path, ReadLock);
        return new PolicyFileLoad(
            load.Policy is null ? null : new PolicyEngine(load.Policy),
            [.. load.Errors.Select(problem => problem.ToString())],
            [.. load.Warnings.Select(problem => problem.ToString())]);
    }

    private string ReadLock(string name) =>
        Read(System.IO.Path.GetFullPath(name, _directory), out var error) ?? throw new IOException(error);

    private string? Read(string file, out string? error) => _texts[file] = TryRead(file, out error);

    private static string? TryRead(string file, out string? error)
    {
        error = null;
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error = exception.Message;
            return null;
        }
    }
}
