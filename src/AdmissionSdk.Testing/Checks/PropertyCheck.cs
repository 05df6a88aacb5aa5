namespace AdmissionSdk.Testing.Checks;

/// <summary>Tries a property on one review. Null when it holds, or says nothing about this review.</summary>
internal delegate Task<Violation?> PropertyCheck(AdmissionReviewBuilder review);
