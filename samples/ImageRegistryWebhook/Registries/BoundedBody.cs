namespace ImageRegistryWebhook.Registries;

/// <summary>Reads bodies up to a maximum length.</summary>
internal static class BoundedBody
{
    private const int FirstBuffer = 16 * 1024;

    /// <summary>
    /// Reads the whole body; null if the body is longer than <paramref name="most"/> bytes, or encoded although nobody asked for that: the digest of a
    /// manifest is the hash of its own bytes, not of its gzip.
    /// </summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, int most, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > most || content.Headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[Math.Min(most + 1, FirstBuffer)];
        var length = 0;
        while (await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
            if (length > most)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(most + 1, buffer.Length * 2));
            }
        }

        return buffer.AsMemory(0, length);
    }
}
