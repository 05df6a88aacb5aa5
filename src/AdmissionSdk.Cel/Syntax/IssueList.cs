namespace AdmissionSdk.Cel.Syntax;

/// <summary>The issues of one expression; from the hundredth on they are counted only.</summary>
internal sealed class IssueList(SourceText source)
{
    private const int Most = 100;

    private readonly List<CelIssue> _issues = [];
    private int _more;

    public bool Any => _issues.Count > 0;

    public void Add(int position, string message)
    {
        if (_issues.Count == Most)
        {
            _more++;
            return;
        }

        _issues.Add(source.Issue(position, message));
    }

    /// <summary>The issues in the order of the text.</summary>
    public IReadOnlyList<CelIssue> Ordered() => [.. _issues.OrderBy(issue => issue.Line).ThenBy(issue => issue.Column)];

    public string Display() => source.Display(Ordered()) + (_more > 0 ? $"\n{_more} more errors were truncated" : "");
}
