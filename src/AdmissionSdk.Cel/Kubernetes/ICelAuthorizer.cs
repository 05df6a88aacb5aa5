namespace AdmissionSdk.Cel;

/// <summary>Answers the checks of <c>authorizer</c>, in place of the API server's authorizer.</summary>
public interface ICelAuthorizer
{
    /// <summary>Decides one check.</summary>
    /// <param name="check">The question.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <returns>The decision.</returns>
    CelAuthorizationDecision Authorize(CelAuthorizationCheck check, CancellationToken cancellationToken);
}
