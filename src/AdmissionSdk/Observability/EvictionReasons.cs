namespace AdmissionSdk.Observability;

/// <summary>The reasons to close a connection, values of the tag <see cref="TagNames.Eviction"/>.</summary>
internal static class EvictionReasons
{
    /// <summary>Too many connections, and somebody else came.</summary>
    public const string Connections = "connections";

    /// <summary>Too many connections of one address that have not brought a review.</summary>
    public const string Address = "address";

    /// <summary>Too many handshakes.</summary>
    public const string Handshakes = "handshakes";

    /// <summary>Too many requests, and the caller of this one stalled: the request was cut, and over HTTP/1.1 its connection with it.</summary>
    public const string Requests = "requests";

    /// <summary>The first request did not come in time.</summary>
    public const string NoRequest = "no_request";
}
