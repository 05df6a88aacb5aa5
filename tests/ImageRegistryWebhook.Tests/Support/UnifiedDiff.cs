using System.Globalization;
using System.Text;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>Applies a unified diff of one file strictly: every line of the diff must be at its position.</summary>
internal static class UnifiedDiff
{
    public static string Apply(string text, string diff)
    {
        var lines = text.Split('\n');
        var result = new StringBuilder();
        var next = 0;
        void Copy(int until)
        {
            for (; next < until; next++)
            {
                result.Append(lines[next]).Append(next == lines.Length - 1 ? "" : "\n");
            }
        }

        var ended = false;
        foreach (var line in diff.Split('\n').Skip(2).SkipLast(1))
        {
            switch (line[0])
            {
                case '@':
                    Copy(int.Parse(line.Split(' ')[1].Split(',')[0].TrimStart('-'), CultureInfo.InvariantCulture) - 1);
                    break;
                case '\\':
                    ended = true;
                    break;
                case '+':
                    result.Append(line.AsSpan(1)).Append('\n');
                    break;
                default:
                    Assert.Equal(lines[next], line[1..]);
                    if (line[0] == ' ')
                    {
                        Copy(next + 1);
                    }
                    else
                    {
                        next++;
                    }

                    break;
            }
        }

        Copy(lines.Length);
        return ended && next == lines.Length && result[^1] == '\n' && !text.EndsWith('\n') ? result.ToString(0, result.Length - 1) : result.ToString();
    }
}
