namespace AdmissionSdk.Cel.Tests.Support;

/// <summary>The tables of tests: one expression a line, <c>=></c>, and its outcome; a line with <c>#</c> says where the rows below are from.</summary>
internal static class Rows
{
    private const string Arrow = " => ";

    public static TheoryData<string, string, string> Read(string file)
    {
        var data = new TheoryData<string, string, string>();
        var source = "";
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Rows", file)))
        {
            if (line.StartsWith('#'))
            {
                source = line[1..].Trim();
            }
            else if (line.LastIndexOf(Arrow, StringComparison.Ordinal) is > 0 and var arrow)
            {
                data.Add(source, line[..arrow].Trim(), line[(arrow + Arrow.Length)..].Trim());
            }
            else if (line.Length > 0)
            {
                throw new FormatException($"{file}: no ' => ' in: {line}");
            }
        }

        return data;
    }
}
