using System.Text;
using System.Text.RegularExpressions;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>Tells the files that are left out. A pattern without a slash matches at any depth, and a directory stands for everything below.</summary>
internal sealed class PathFilter
{
    private readonly List<Regex> _patterns;

    public PathFilter(IReadOnlyList<string> patterns) => _patterns = [.. patterns.Where(pattern => pattern.Length > 0).Select(Compile)];

    public bool Contains(string path)
    {
        if (_patterns.Count == 0)
        {
            return false;
        }

        var normal = Normalize(path);
        return _patterns.Exists(pattern => pattern.IsMatch(normal));
    }

    // The same file has one name, whatever the user wrote.
    private static string Normalize(string path)
    {
        var relative = Path.GetRelativePath(".", path).Replace('\\', '/');
        return relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) ? Path.GetFullPath(path).Replace('\\', '/') : relative;
    }

    private static Regex Compile(string pattern)
    {
        var trimmed = pattern.Replace('\\', '/').TrimEnd('/');
        var isNameOnly = !trimmed.Contains('/', StringComparison.Ordinal);
        var text = new StringBuilder(isNameOnly ? "^(.*/)?" : "^");
        var normal = isNameOnly ? trimmed : Normalize(trimmed);
        for (var at = 0; at < normal.Length; at++)
        {
            if (normal.AsSpan(at).StartsWith("**/"))
            {
                text.Append("(.*/)?");
                at += 2;
            }
            else if (normal.AsSpan(at).StartsWith("**"))
            {
                text.Append(".*");
                at++;
            }
            else
            {
                text.Append(normal[at] switch { '*' => "[^/]*", '?' => "[^/]", var other => Regex.Escape(other.ToString()) });
            }
        }

        return new Regex(text.Append("(/.*)?\\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);
    }
}
