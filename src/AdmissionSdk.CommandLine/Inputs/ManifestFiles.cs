using Microsoft.Extensions.FileSystemGlobbing;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>Finds the files of paths, directories and globs.</summary>
internal static class ManifestFiles
{
    public const string StandardInput = "-";

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>Finds the files of a path, in the order of their names.</summary>
    /// <exception cref="FileNotFoundException">The path has no file.</exception>
    public static IReadOnlyList<string> Expand(string path) =>
        path == StandardInput || File.Exists(path) ? [path]
        : Directory.Exists(path) ? [.. Walk(path)]
        : path.AsSpan().ContainsAny('*', '?') ? Glob(path)
        : throw new FileNotFoundException($"the file or directory {path} does not exist");

    // Hidden directories hold no manifests, and links may lead in circles.
    private static IEnumerable<string> Walk(string directory)
    {
        foreach (var file in Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal))
        {
            if (Extensions.Contains(Path.GetExtension(file)))
            {
                yield return file;
            }
        }

        foreach (var child in Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal))
        {
            if (!Path.GetFileName(child).StartsWith('.') && (File.GetAttributes(child) & FileAttributes.ReparsePoint) == 0)
            {
                foreach (var file in Walk(child))
                {
                    yield return file;
                }
            }
        }
    }

    private static List<string> Glob(string pattern)
    {
        var parts = pattern.Split('/');
        var literal = parts.TakeWhile(part => !part.AsSpan().ContainsAny('*', '?')).Count();
        var root = string.Join('/', parts[..literal]);
        root = root.Length > 0 ? root : pattern.StartsWith('/') ? "/" : "";
        var matcher = new Matcher(StringComparison.Ordinal);
        matcher.AddInclude(string.Join('/', parts[literal..]));
        var files = matcher.GetResultsInFullPath(root.Length == 0 ? "." : root)
            .Select(file => root.Length == 0 ? Path.GetRelativePath(".", file) : Path.Join(root, Path.GetRelativePath(root, file)))
            .Order(StringComparer.Ordinal)
            .ToList();
        return files.Count > 0 ? files : throw new FileNotFoundException($"no file matches {pattern}");
    }
}
