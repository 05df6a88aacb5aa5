namespace AdmissionSdk;

/// <summary>The reasons that go with codes. The API server never derives a reason (contract 10.3), and kubectl prints the reason in brackets.</summary>
internal static class StatusReasons
{
    public static string? ForCode(int code) => code switch
    {
        400 => "BadRequest",
        // 401 is left without one: kubectl replaces the message of "Unauthorized" by its own (contract 10.4).
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        409 => "Conflict",
        410 => "Gone",
        413 => "RequestEntityTooLarge",
        415 => "UnsupportedMediaType",
        422 => "Invalid",
        429 => "TooManyRequests",
        500 => "InternalError",
        503 => "ServiceUnavailable",
        504 => "Timeout",
        _ => null,
    };
}
