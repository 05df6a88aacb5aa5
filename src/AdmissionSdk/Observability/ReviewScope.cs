using System.Collections;

namespace AdmissionSdk.Observability;

/// <summary>The logging scope of one review: on every line the SDK or a handler writes while it is being worked on.</summary>
internal sealed class ReviewScope(
    string uid, string webhook, string operation, string resource, string @namespace, string name, bool dryRun)
    : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 7;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("Uid", uid),
        1 => new("Webhook", webhook),
        2 => new("Operation", operation),
        3 => new("Resource", resource),
        4 => new("Namespace", @namespace),
        5 => new("Name", name),
        6 => new("DryRun", dryRun),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"review {uid} by {webhook}: {operation} {resource} {@namespace}/{name}{(dryRun ? " (dry run)" : "")}";
}
