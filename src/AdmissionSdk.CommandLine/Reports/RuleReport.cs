namespace AdmissionSdk.CommandLine.Reports;

/// <summary>Writes a line for each finding about a program, which begins with the rule because a registration has no line to point at.</summary>
internal sealed class RuleReport(TextWriter output) : FindingReport
{
    private bool _any;

    public override void Add(Finding finding)
    {
        _any = true;
        output.WriteLine(SafeText.ToLogLine($"{finding.Rule} {finding.Verdict}: {finding.Text}"));
    }

    public override void Complete()
    {
        if (!_any)
        {
            output.WriteLine("No findings.");
        }
    }
}
