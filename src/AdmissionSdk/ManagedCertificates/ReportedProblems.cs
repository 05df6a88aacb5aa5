namespace AdmissionSdk.ManagedCertificates;

/// <summary>Lets each problem be reported once, until it has gone.</summary>
internal sealed class ReportedProblems
{
    private HashSet<string> _reported = new(StringComparer.Ordinal);

    public void Report(IReadOnlyCollection<string> problems, Action<string> report)
    {
        foreach (var problem in problems.Where(problem => !_reported.Contains(problem)))
        {
            report(problem);
        }

        _reported = problems.ToHashSet(StringComparer.Ordinal);
    }
}
