using AdmissionSdk.Certificates;
using AdmissionSdk.Observability;
using Microsoft.AspNetCore.Http;

namespace AdmissionSdk.Hosting;

/// <summary>Whether this caller may post reviews at all. Everybody may, unless <c>AddAdmissionTls</c> was told whose client certificates to accept.</summary>
internal sealed class CallerGate(ClientAuthority? authority = null)
{
    /// <summary>Null when the request may go on. 403 and not 401: it is the one whose text the API server passes on (contract 9.2).</summary>
    public (int Status, string Reason, string Message)? Check(HttpContext http) =>
        authority?.WhyNot(http.Features.Get<CallerCertificate>()) is { } why
            ? (StatusCodes.Status403Forbidden, RejectionReasons.Caller, why)
            : null;
}
