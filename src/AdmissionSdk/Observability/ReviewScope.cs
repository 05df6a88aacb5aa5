using System.Collections;

namespace AdmissionSdk.Observability;

/// <summary>The logging scope of one review, on every line that the SDK or a handler writes during the review.</summary>
internal sealed class ReviewScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    private string? _resource;

    public required string Uid { get; init; }

    public required string Webhook { get; init; }

    public required string Operation { get; init; }

    public required GroupVersionResource GroupVersionResource { get; init; }

    public required string Subresource { get; init; }

    /// <summary>The resource as one text, made when a log or a trace asks for it.</summary>
    public string Resource => _resource ??=
        LogText.Of(Subresource.Length == 0 ? GroupVersionResource.ToString() : $"{GroupVersionResource}/{Subresource}");

    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required bool DryRun { get; init; }

    public int Count => 7;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new(nameof(Uid), Uid),
        1 => new(nameof(Webhook), Webhook),
        2 => new(nameof(Operation), Operation),
        3 => new(nameof(Resource), Resource),
        4 => new(nameof(Namespace), Namespace),
        5 => new(nameof(Name), Name),
        6 => new(nameof(DryRun), DryRun),
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

    public override string ToString() => $"review {Uid} by {Webhook}: {Operation} {Resource} {Namespace}/{Name}{(DryRun ? " (dry run)" : "")}";
}
