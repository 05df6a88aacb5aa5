using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Reloading;

/// <summary>The policy file and the lock file it names. Remembers what it has read last, so that it can tell whether there is something new to read.</summary>
internal sealed class PolicyFile(string path)
{
    private readonly string _directory = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
    private Dictionary<string, string?> _texts = [];

    /// <summary>The file as it was given.</summary>
    public string Path => path;

    /// <summary>What <see cref="Load"/> has read, by full path; null where it could not.</summary>
    public IReadOnlyDictionary<string, string?> Texts => _texts;

    /// <summary>The directories of all files that were read.</summary>
    public IEnumerable<string> Directories =>
        _texts.Keys.Append(System.IO.Path.GetFullPath(path)).Select(file => System.IO.Path.GetDirectoryName(file)!).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a file differs from what <see cref="Load"/> has read, or can be read now and could not be then, or the other way round.</summary>
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
