namespace AdmissionSdk.Reviews;

/// <summary>The versions of AdmissionReview that kube-apiserver can send (contract 4.3). The response mirrors the version received.</summary>
internal enum ReviewVersion
{
    V1,
    V1Beta1,
}
