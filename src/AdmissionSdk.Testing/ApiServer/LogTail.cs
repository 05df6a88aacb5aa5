namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Reads the end of a log that another process is still writing.</summary>
internal static class LogTail
{
    public static string Read(string path, int lines)
    {
        if (!File.Exists(path))
        {
            return $"{Path.GetFileName(path)}: (no output)";
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        var last = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines);
        return string.Join('\n', last.Select(line => $"{Path.GetFileNameWithoutExtension(path)}: {line}"));
    }
}
