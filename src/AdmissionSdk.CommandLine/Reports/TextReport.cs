namespace AdmissionSdk.CommandLine.Reports;

/// <summary>Writes a line for each finding, or only for findings with a problem.</summary>
internal sealed class TextReport(TextWriter output, string things, bool all) : FindingReport
{
    private int _count;
    private int _violations;

    public override void Add(Finding finding)
    {
        if (finding.IsOnStandardError)
        {
            return;
        }

        _count += finding.IsFurther ? 0 : 1;
        _violations += finding.Level == FindingLevel.Error ? 1 : 0;
        if (all || finding.Level != FindingLevel.None)
        {
            output.WriteLine(SafeText.ToLogLine(Format(finding)));
        }
    }

    public override void Complete()
    {
        if (!all)
        {
            output.WriteLine($"{_count} {things}, {_violations} violations");
        }
    }

    public static string Format(Finding finding) => $"{finding.File}:{finding.Line}:{finding.Column}: {finding.Verdict}: {finding.Text}";
}
