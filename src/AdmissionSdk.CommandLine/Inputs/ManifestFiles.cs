using Microsoft.Extensions.FileSystemGlobbing;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>Finds the files of paths, directories and globs. The templates of a Helm chart are not manifests: the chart is found in their place.</summary>
internal sealed class ManifestFiles(PathFilter excluded)
{
    public const string StandardInput = "-";

    private const string ChartFile = "Chart.yaml";
    private const string Templates = "templates";

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    private readonly HashSet<string> _charts = new(StringComparer.Ordinal);

    /// <summary>The charts among the paths, by their Chart.yaml, in the order in which they were found.</summary>
    public List<string> Charts { get; } = [];

    /// <summary>The number of files that the filter left out.</summary>
    public int ExcludedCount { get; private set; }

    /// <summary>Finds the files of a path, in the order of their names.</summary>
    /// <exception cref="FileNotFoundException">The path has no file.</exception>
    public IEnumerable<string> Expand(string path) =>
        path == StandardInput ? [path]
        : File.Exists(path) ? Keep([path])
        : Directory.Exists(path) ? ExpandDirectory(path)
        : path.AsSpan().ContainsAny('*', '?') ? Keep(Glob(path)).Where(file => !IsTemplate(file))
        : throw new FileNotFoundException($"the file or directory {path} does not exist");

    private IEnumerable<string> ExpandDirectory(string path)
    {
        var trimmed = Path.TrimEndingDirectorySeparator(path);
        return Path.GetFileName(trimmed) == Templates && TryAddChart(Path.GetDirectoryName(trimmed)!) ? [] : Walk(path);
    }

    // Hidden directories hold no manifests, and links may lead in circles.
    private IEnumerable<string> Walk(string directory)
    {
        var isChart = Directory.Exists(Path.Join(directory, Templates)) && !excluded.Contains(Path.Join(directory, ChartFile)) && TryAddChart(directory);
        foreach (var file in Keep(Directory.EnumerateFiles(directory).Where(file => Extensions.Contains(Path.GetExtension(file))).Order(StringComparer.Ordinal)))
        {
            yield return file;
        }

        foreach (var child in Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(child);
            // The charts that a chart depends on are rendered with it.
            var isOfChart = isChart && name is Templates or "charts";
            if (!name.StartsWith('.') && !isOfChart && (File.GetAttributes(child) & FileAttributes.ReparsePoint) == 0)
            {
                foreach (var file in Walk(child))
                {
                    yield return file;
                }
            }
        }
    }

    private bool IsTemplate(string file)
    {
        for (var at = Path.GetDirectoryName(file); !string.IsNullOrEmpty(at); at = Path.GetDirectoryName(at))
        {
            if (Path.GetFileName(at) == Templates && TryAddChart(Path.GetDirectoryName(at)!))
            {
                return true;
            }
        }

        return false;
    }

    // True if the directory is a chart, which is named once.
    private bool TryAddChart(string directory)
    {
        var chart = Path.Join(directory, ChartFile);
        if (!File.Exists(chart))
        {
            return false;
        }

        if (_charts.Add(Path.GetFullPath(chart)))
        {
            Charts.Add(chart);
        }

        return true;
    }

    private IEnumerable<string> Keep(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            if (excluded.Contains(file))
            {
                ExcludedCount++;
            }
            else
            {
                yield return file;
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
