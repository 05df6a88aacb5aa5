namespace AdmissionSdk;

/// <summary>Whether calling the webhook changes anything outside the object. A webhook that does not say so could not be called on dry run (https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#side-effects).</summary>
public enum SideEffects
{
    /// <summary>Calling it changes nothing else.</summary>
    None,

    /// <summary>It changes something else, but not when <c>context.DryRun</c> is true.</summary>
    NoneOnDryRun,
}
