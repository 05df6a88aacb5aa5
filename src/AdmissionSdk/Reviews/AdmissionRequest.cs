using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Reviews;

/// <summary>The <c>request</c> of one AdmissionReview. Objects stay raw slices of the request body, which must outlive the request.</summary>
internal sealed record AdmissionRequest
{
    public ReviewVersion Version { get; init; }

    public required string Uid { get; init; }

    public GroupVersionKind Kind { get; init; }

    public GroupVersionResource Resource { get; init; }

    public string Subresource { get; init; } = "";

    public GroupVersionKind RequestKind { get; init; }

    public GroupVersionResource RequestResource { get; init; }

    public string RequestSubresource { get; init; } = "";

    /// <summary>The name sent, else the object's own (contract 4.6); empty for generateName before a name is made.</summary>
    public string Name { get; init; } = "";

    public string Namespace { get; init; } = "";

    public Operation Operation { get; init; }

    public UserInfo User { get; init; } = UserInfo.Unknown;

    public bool DryRun { get; init; }

    /// <summary>The raw JSON of <c>object</c>; empty when null or missing (contract 4.2).</summary>
    public ReadOnlyMemory<byte> Object { get; init; }

    /// <summary>The raw JSON of <c>oldObject</c>; empty when null or missing.</summary>
    public ReadOnlyMemory<byte> OldObject { get; init; }

    /// <summary>The raw JSON of <c>options</c>; empty when null or missing.</summary>
    public ReadOnlyMemory<byte> Options { get; init; }

    /// <summary>The outline of the review, which the bytes of the request belong to; null for a request that was not read from bytes.</summary>
    public JsonIndex? Index { get; init; }

    /// <summary>The outline of <see cref="Subject"/>.</summary>
    public JsonIndex? SubjectIndex { get; init; }

    /// <summary>The raw JSON of the object that the request is about; on DELETE the old object.</summary>
    public ReadOnlyMemory<byte> Subject => Object.IsEmpty ? OldObject : Object;
}
