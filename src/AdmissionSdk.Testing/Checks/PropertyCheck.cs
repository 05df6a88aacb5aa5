namespace AdmissionSdk.Testing.Checks;

/// <summary>Tries a property on one review. Null if the property holds, or does not apply to the review.</summary>
internal delegate Task<Violation?> PropertyCheck(AdmissionReviewBuilder review);
