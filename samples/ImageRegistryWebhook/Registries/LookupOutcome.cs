namespace ImageRegistryWebhook.Registries;

/// <summary>The outcome of a look-up. Only the first two are certain.</summary>
internal enum LookupOutcome
{
    Present,
    Absent,

    /// <summary>The registry refuses the credentials, or needs some. Many registries respond so for images that they do not have.</summary>
    Unauthorized,

    /// <summary>The registry is overloaded or failing (429, 5xx).</summary>
    Overloaded,

    /// <summary>The connection failed or broke.</summary>
    Unreachable,

    /// <summary>The look-up took too long.</summary>
    Timeout,

    /// <summary>The response is not one of a registry.</summary>
    BadResponse,

    /// <summary>The registry, its address or its redirect is not allowed.</summary>
    Refused,

    /// <summary>Too many look-ups are under way.</summary>
    Busy,
}
