namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>Writes a unified diff.</summary>
internal static class LineDiff
{
    private const int Context = 3;

    // Texts with a larger difference are shown with their whole middle.
    private const int LargestTable = 4_000_000;

    public static void Write(string file, string before, string after, TextWriter output)
    {
        if (before == after)
        {
            return;
        }

        var (old, now) = (before.Split('\n'), after.Split('\n'));
        var lines = Align(old, now);
        output.Write($"--- {file}\n+++ {file}\n");
        List<int> changed = [.. Enumerable.Range(0, lines.Count).Where(index => lines[index].Sign != ' ')];
        var (place, oldLine, newLine) = (0, 0, 0);
        for (var first = 0; first < changed.Count;)
        {
            var last = first;
            while (last + 1 < changed.Count && changed[last + 1] - changed[last] <= 2 * Context)
            {
                last++;
            }

            var start = Math.Max(0, changed[first] - Context);
            for (; place < start; place++)
            {
                oldLine += lines[place].Sign == '+' ? 0 : 1;
                newLine += lines[place].Sign == '-' ? 0 : 1;
            }

            WriteHunk(lines[start..Math.Min(lines.Count, changed[last] + Context + 1)], oldLine, newLine, output);
            first = last + 1;
        }
    }

    // Every line ends in a line break, except for a last line with text; an empty text after the last line break is not a line.
    private static List<(char Sign, string Line)> Align(string[] old, string[] now)
    {
        var (a, b) = (Ends(old), Ends(now));
        var (start, end) = (0, 0);
        while (start < a.Count && start < b.Count && a[start] == b[start])
        {
            start++;
        }

        while (end < a.Count - start && end < b.Count - start && a[^(end + 1)] == b[^(end + 1)])
        {
            end++;
        }

        List<(char, string)> lines = [.. a.Take(start).Select(line => (' ', line))];
        lines.AddRange(Middle(a[start..^end], b[start..^end]));
        lines.AddRange(a.TakeLast(end).Select(line => (' ', line)));
        return lines;
    }

    private static List<string> Ends(string[] lines) =>
        [.. lines.Select((line, index) => index < lines.Length - 1 ? line + "\n" : line).Where(line => line.Length > 0)];

    private static IEnumerable<(char Sign, string Line)> Middle(List<string> a, List<string> b)
    {
        var pairs = a.Count == b.Count ? [.. Enumerable.Range(0, a.Count).Where(index => a[index] == b[index]).Select(index => (index, index))]
            : (long)a.Count * b.Count <= LargestTable ? Common(a, b) : [];
        var (left, right) = (0, 0);
        foreach (var (x, y) in pairs.Append((a.Count, b.Count)))
        {
            for (; left < x; left++)
            {
                yield return ('-', a[left]);
            }

            for (; right < y; right++)
            {
                yield return ('+', b[right]);
            }

            if (x < a.Count)
            {
                yield return (' ', a[x]);
                (left, right) = (x + 1, y + 1);
            }
        }
    }

    // The longest common subsequence.
    private static List<(int, int)> Common(List<string> a, List<string> b)
    {
        var table = new int[a.Count + 1, b.Count + 1];
        for (var x = a.Count - 1; x >= 0; x--)
        {
            for (var y = b.Count - 1; y >= 0; y--)
            {
                table[x, y] = a[x] == b[y] ? table[x + 1, y + 1] + 1 : Math.Max(table[x + 1, y], table[x, y + 1]);
            }
        }

        List<(int, int)> pairs = [];
        for (var (x, y) = (0, 0); x < a.Count && y < b.Count;)
        {
            if (a[x] == b[y])
            {
                pairs.Add((x++, y++));
            }
            else if (table[x + 1, y] >= table[x, y + 1])
            {
                x++;
            }
            else
            {
                y++;
            }
        }

        return pairs;
    }

    private static void WriteHunk(List<(char Sign, string Line)> hunk, int oldStart, int newStart, TextWriter output)
    {
        output.Write($"@@ -{Range(oldStart, hunk.Count(line => line.Sign != '+'))} +{Range(newStart, hunk.Count(line => line.Sign != '-'))} @@\n");
        foreach (var (sign, line) in hunk)
        {
            output.Write(line.EndsWith('\n') ? $"{sign}{line}" : $"{sign}{line}\n\\ No newline at end of file\n");
        }
    }

    // An empty range has the number of the line before the range.
    private static string Range(int start, int count) => $"{(count == 0 ? start : start + 1)},{count}";
}
