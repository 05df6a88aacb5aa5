namespace AdmissionSdk;

/// <summary>The effect of a call on anything outside the object. Without this declaration a webhook could not be called on dry run (https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#side-effects).</summary>
public enum SideEffects
{
    /// <summary>A call changes nothing else.</summary>
    None,

    /// <summary>A call changes something else, but not when <c>context.DryRun</c> is true.</summary>
    NoneOnDryRun,
}
