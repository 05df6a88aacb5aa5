namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>A unified diff of two texts with the same number of lines, which is what changed scalars leave.</summary>
internal static class LineDiff
{
    private const int Context = 3;

    public static void Write(string file, string before, string after, TextWriter output)
    {
        var (old, now) = (before.Split('\n'), after.Split('\n'));
        List<int> changed = [.. Enumerable.Range(0, old.Length).Where(line => old[line] != now[line])];
        if (changed.Count == 0)
        {
            return;
        }

        output.Write($"--- {file}\n+++ {file}\n");
        for (var first = 0; first < changed.Count;)
        {
            var last = first;
            while (last + 1 < changed.Count && changed[last + 1] - changed[last] <= 2 * Context)
            {
                last++;
            }

            // After the last line break there is no line.
            var start = Math.Max(0, changed[first] - Context);
            var end = Math.Min(old[^1].Length == 0 ? old.Length - 1 : old.Length, changed[last] + Context + 1);
            output.Write($"@@ -{start + 1},{end - start} +{start + 1},{end - start} @@\n");
            WriteHunk(old, now, start, end, output);
            first = last + 1;
        }
    }

    private static void WriteHunk(string[] old, string[] now, int start, int end, TextWriter output)
    {
        for (var line = start; line < end;)
        {
            if (old[line] == now[line])
            {
                Line(' ', old, line++, output);
                continue;
            }

            var next = line;
            for (; next < end && old[next] != now[next]; next++)
            {
                Line('-', old, next, output);
            }

            for (; line < next; line++)
            {
                Line('+', now, line, output);
            }
        }
    }

    private static void Line(char sign, string[] lines, int line, TextWriter output)
    {
        output.Write($"{sign}{lines[line]}\n");
        if (line == lines.Length - 1)
        {
            output.Write("\\ No newline at end of file\n");
        }
    }
}
