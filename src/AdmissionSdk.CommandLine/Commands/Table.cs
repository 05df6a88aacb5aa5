using System.Text;
using AdmissionSdk.CommandLine.Reports;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Writes columns in the form of kubectl.</summary>
internal static class Table
{
    private const int Gap = 3;

    public static string Write(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        List<IReadOnlyList<string>> all = [header, .. rows.Select(row => row.Select(SafeText.ToLine).ToList())];
        var widths = header.Select((_, column) => all.Max(row => row[column].Length) + Gap).ToList();
        var text = new StringBuilder();
        foreach (var row in all)
        {
            text.Append(string.Concat(row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
