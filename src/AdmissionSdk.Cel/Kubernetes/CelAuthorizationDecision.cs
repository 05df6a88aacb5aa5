namespace AdmissionSdk.Cel;

/// <summary>The answer to a check of <c>authorizer</c>.</summary>
/// <param name="Allowed">True if the check is allowed.</param>
/// <param name="Reason">The text that <c>reason()</c> returns.</param>
/// <param name="Error">The text that <c>error()</c> returns; null if the authorizer did not fail.</param>
public sealed record CelAuthorizationDecision(bool Allowed, string Reason = "", string? Error = null);
