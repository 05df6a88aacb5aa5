using System.Globalization;

namespace AdmissionSdk.Benchmarks.Load;

/// <summary>Writes a table of markdown.</summary>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public static string Number(double value, string format = "N0") => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";

    public override string ToString() =>
        string.Join('\n', [Line(columns), "|" + string.Concat(columns.Select((_, i) => i == 0 ? "---|" : "---:|")), .. _rows.Select(Line)]) + "\n";

    private static string Line(string[] cells) => $"| {string.Join(" | ", cells)} |";
}
