namespace AdmissionSdk.Testing;

/// <summary>A way in which a review can be wrong, or unusual. Made with <see cref="AdmissionReviewBuilder.ToMalformed"/>.</summary>
/// <remarks>The last four are reviews that a webhook must answer; all others it must refuse without a crash.</remarks>
public enum Malformation
{
    /// <summary>No bytes at all.</summary>
    Empty,

    /// <summary>A line of text.</summary>
    NotJson,

    /// <summary>A JSON array.</summary>
    NotAnObject,

    /// <summary>Cut in the middle.</summary>
    Truncated,

    /// <summary>Something follows the review.</summary>
    TrailingText,

    /// <summary>A byte that is no UTF-8, in the object's name.</summary>
    NotUtf8,

    /// <summary>Another kind than AdmissionReview.</summary>
    WrongKind,

    /// <summary>A version of AdmissionReview that does not exist.</summary>
    WrongVersion,

    /// <summary>Neither kind nor apiVersion.</summary>
    MissingKind,

    /// <summary>No <c>request</c>.</summary>
    MissingRequest,

    /// <summary>A <c>request</c> that is null.</summary>
    NullRequest,

    /// <summary>No <c>uid</c>, without which no answer would be accepted.</summary>
    MissingUid,

    /// <summary>A <c>uid</c> that is null.</summary>
    NullUid,

    /// <summary>Neither <c>object</c> nor <c>oldObject</c>.</summary>
    MissingObjects,

    /// <summary>An <c>object</c> that is a string.</summary>
    ObjectIsText,

    /// <summary>An object with a string where every kind has an object: in <c>metadata</c>.</summary>
    ObjectDoesNotFit,

    /// <summary>An object nested 9,000 levels deep, which the API server accepts.</summary>
    DeeplyNested,

    /// <summary>Every member that may be absent is null. To be answered as if it were not there.</summary>
    NullMembers,

    /// <summary>Every member that may be absent is. To be answered.</summary>
    MissingMembers,

    /// <summary>A member of the request that no version knows. To be ignored.</summary>
    UnknownMember,

    /// <summary>An operation that no version knows. To be answered as unmatched, or by handlers of all operations.</summary>
    UnknownOperation,
}
