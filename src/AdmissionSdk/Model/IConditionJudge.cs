namespace AdmissionSdk.Registration;

/// <summary>Judges match conditions with a CEL compiler, which the core does not have: AdmissionSdk.CommandLine brings one.</summary>
internal interface IConditionJudge
{
    /// <summary>Finds what is wrong with the match conditions of a webhook.</summary>
    /// <param name="webhook">The webhook, whose rules say which requests the conditions meet.</param>
    /// <param name="kubeVersion">The version of the API server.</param>
    IReadOnlyList<ConditionFlaw> Judge(WebhookDescriptor webhook, Version kubeVersion);
}
