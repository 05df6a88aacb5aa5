namespace AdmissionSdk.Testing.Outcomes;

/// <summary>A review and the HTTP response.</summary>
/// <param name="Url">The URL of the POST.</param>
/// <param name="Webhook">The webhook's name, or the path when the host's webhooks are not known.</param>
/// <param name="IsMutating">True if the response may have a patch.</param>
/// <param name="Review">The review.</param>
/// <param name="StatusCode">The response's status.</param>
/// <param name="ContentType">The response's media type.</param>
/// <param name="Body">The response's body.</param>
internal sealed record Exchange(
    string Url, string Webhook, bool IsMutating, ReadOnlyMemory<byte> Review, int StatusCode, string? ContentType, byte[] Body);
