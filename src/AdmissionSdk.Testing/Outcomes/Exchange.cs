namespace AdmissionSdk.Testing.Outcomes;

/// <summary>One review and the HTTP response to it.</summary>
/// <param name="Url">Where it was posted.</param>
/// <param name="Webhook">The webhook's name, or the path when the host's webhooks are not known.</param>
/// <param name="IsMutating">Whether a patch may come back.</param>
/// <param name="Review">What was sent.</param>
/// <param name="StatusCode">The response's status.</param>
/// <param name="ContentType">The response's media type.</param>
/// <param name="Body">The response's body.</param>
internal sealed record Exchange(
    string Url, string Webhook, bool IsMutating, ReadOnlyMemory<byte> Review, int StatusCode, string? ContentType, byte[] Body);
