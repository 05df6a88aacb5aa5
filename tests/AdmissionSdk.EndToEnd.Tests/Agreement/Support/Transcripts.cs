namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>The file of every scenario's transcript. ADMISSION_RECORD=path writes each transcript there, to be read before a commit.</summary>
internal static class Transcripts
{
    private const string Heading = "### ";
    private static readonly Lock Gate = new();
    private static readonly Lazy<Dictionary<string, string>> Recorded = new(Read);

    public static void Check(string name, string transcript)
    {
        if (Environment.GetEnvironmentVariable("ADMISSION_RECORD") is { Length: > 0 } path)
        {
            lock (Gate)
            {
                File.AppendAllText(path, $"{Heading}{name}\n{transcript}\n");
            }

            return;
        }

        Assert.True(Recorded.Value.TryGetValue(name, out var expected), $"transcripts.txt has no \"{name}\". It would be:\n{transcript}");
        Assert.Equal(expected.TrimEnd(), transcript.TrimEnd());
    }

    private static Dictionary<string, string> Read() =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Agreement", "transcripts.txt"))
            .Split($"\n{Heading}").Select(part => part.StartsWith(Heading, StringComparison.Ordinal) ? part[Heading.Length..] : part)
            .Where(part => part.Contains('\n', StringComparison.Ordinal))
            .ToDictionary(part => part[..part.IndexOf('\n', StringComparison.Ordinal)], part => part[(part.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
}
