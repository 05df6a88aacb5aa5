namespace AdmissionSdk.Cel.Tests.Support;

/// <summary>Allows everything on pods, fails for the verb "error".</summary>
internal sealed class FakeAuthorizer : ICelAuthorizer
{
    public CelAuthorizationDecision Authorize(CelAuthorizationCheck check, CancellationToken cancellationToken) =>
        check.Verb == "error" ? new(false, Error: "broken") : new(check.Resource == "pods", $"asked: {check.Verb} {check.Resource}");
}
