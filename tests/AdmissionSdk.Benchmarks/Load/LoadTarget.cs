namespace AdmissionSdk.Benchmarks.Load;

/// <summary>One way to answer a review.</summary>
/// <param name="Name">Its name in the table and for <c>--only</c>.</param>
/// <param name="Urls">Its addresses, which take turns.</param>
/// <param name="ProcessId">The process that answers, whose processor time counts.</param>
/// <param name="Body">The file with the review.</param>
internal sealed record LoadTarget(string Name, IReadOnlyList<Uri> Urls, int ProcessId, string Body)
{
    /// <summary>The address of the server's own count of allocated bytes; null for other programs.</summary>
    public Uri? Allocated { get; init; }

    /// <summary>The operations of the patch that must be in the response; null if any patch will do.</summary>
    public int? Operations { get; init; }
}
