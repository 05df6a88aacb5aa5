namespace AdmissionSdk.CommandLine.Reports;

/// <summary>
/// Names files as code hosts do: relative to the root of the repository, without <c>.</c> and <c>..</c>. A file outside of the repository has its absolute
/// name.
/// </summary>
/// <param name="workingDirectory">The directory to which names are relative.</param>
/// <param name="root">The root of the repository.</param>
internal sealed class ReportPaths(string workingDirectory, string root)
{
    /// <summary>Creates the names for the working directory, whose repository is the nearest directory with <c>.git</c>, else the working directory itself.</summary>
    public static ReportPaths Create()
    {
        var current = Directory.GetCurrentDirectory();
        for (var at = current; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.Exists(Path.Join(at, ".git")))
            {
                return new ReportPaths(current, at);
            }
        }

        return new ReportPaths(current, current);
    }

    /// <summary>Names a file of a finding: a path relative to the root, else an absolute path.</summary>
    public string Find(Finding finding)
    {
        if (finding.File.StartsWith('<'))
        {
            return finding.File;
        }

        var full = Path.GetFullPath(finding.File, finding.IsFromRoot ? root : workingDirectory);
        var relative = Path.GetRelativePath(root, full).Replace('\\', '/');
        return relative is ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? full.Replace('\\', '/') : relative;
    }

    /// <summary>Writes a name as a URI: relative, or of the scheme <c>file</c>.</summary>
    public static string ToUri(string name)
    {
        var escaped = Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal);
        return !Path.IsPathRooted(name) ? escaped : "file://" + (name.StartsWith('/') ? "" : "/") + escaped.Replace("%3A", ":", StringComparison.Ordinal);
    }
}
