namespace AdmissionSdk.Manifests;

/// <summary>Collects the problems of one webhook, each under the webhook's name.</summary>
internal sealed class ProblemList(string subject)
{
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> All => _problems;

    /// <summary>Adds a problem unless the condition holds.</summary>
    public bool Check(bool holds, string problem)
    {
        if (!holds)
        {
            _problems.Add($"{subject}: {problem}");
        }

        return holds;
    }
}
