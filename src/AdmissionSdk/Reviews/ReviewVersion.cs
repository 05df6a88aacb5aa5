namespace AdmissionSdk.Reviews;

/// <summary>The versions of AdmissionReview that kube-apiserver can send (contract 4.3). The answer mirrors the one received.</summary>
internal enum ReviewVersion
{
    V1,
    V1Beta1,
}
