namespace AdmissionSdk.Testing;

/// <summary>A way in which a review can be wrong, or unusual. Made with <see cref="AdmissionReviewBuilder.ToMalformed"/>.</summary>
/// <remarks>The last four values are reviews that a webhook must decide. For all other values the webhook must refuse the request without a crash.</remarks>
public enum Malformation
{
    /// <summary>An empty body.</summary>
    Empty,

    /// <summary>A line of text.</summary>
    NotJson,

    /// <summary>A JSON array.</summary>
    NotAnObject,

    /// <summary>Cut in the middle.</summary>
    Truncated,

    /// <summary>Text follows the review.</summary>
    TrailingText,

    /// <summary>A byte that is not UTF-8, in the object's name.</summary>
    NotUtf8,

    /// <summary>Another kind than AdmissionReview.</summary>
    WrongKind,

    /// <summary>A version of AdmissionReview that does not exist.</summary>
    WrongVersion,

    /// <summary>A review without kind and apiVersion.</summary>
    MissingKind,

    /// <summary>A review without <c>request</c>.</summary>
    MissingRequest,

    /// <summary>A <c>request</c> that is null.</summary>
    NullRequest,

    /// <summary>A request without <c>uid</c>, to which the API server would accept no response.</summary>
    MissingUid,

    /// <summary>A <c>uid</c> that is null.</summary>
    NullUid,

    /// <summary>A request without <c>object</c> and <c>oldObject</c>.</summary>
    MissingObjects,

    /// <summary>An <c>object</c> that is a string.</summary>
    ObjectIsText,

    /// <summary>An object with a string where every kind has an object: in <c>metadata</c>.</summary>
    ObjectDoesNotFit,

    /// <summary>An object nested 9,000 levels deep, which the API server accepts.</summary>
    DeeplyNested,

    /// <summary>A review whose optional members are null. A webhook must decide as if the members were absent.</summary>
    NullMembers,

    /// <summary>A review without its optional members. A webhook must decide.</summary>
    MissingMembers,

    /// <summary>A member of the request that no version knows. A webhook must ignore the member.</summary>
    UnknownMember,

    /// <summary>An operation that no version knows. A webhook must respond as for an unmatched review, or by handlers of all operations.</summary>
    UnknownOperation,
}
