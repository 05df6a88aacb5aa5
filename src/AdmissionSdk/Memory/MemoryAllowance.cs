namespace AdmissionSdk.Memory;

/// <summary>
/// Divides the memory that the process may use: a part for the process itself, parts for connections and for requests that wait for their caller, and the rest for
/// reviews. Pure arithmetic, so that every size of a pod can be tested.
/// </summary>
/// <param name="Total">
/// The bytes that the garbage collector may use: <c>DOTNET_GCHeapHardLimit</c>, or three quarters of the container's limit (the runtime's default), or the machine's memory.
/// </param>
internal sealed record MemoryAllowance(long Total)
{
    /// <summary>The bytes of an idle connection over TLS, in and outside the heap, with some room: 46 KB were measured.</summary>
    public const long PerConnection = 64 * 1024;

    /// <summary>The bytes of a request whose caller stalls, before a byte of its body is counted: 130 KB were measured over HTTP/2, and less over HTTP/1.1.</summary>
    public const long PerStream = 136 * 1024;

    private const long MiB = 1024 * 1024;

    // Measured: the heap of the reference webhook after its start and some thousand reviews.
    private const long Process = 48 * MiB;

    /// <summary>The bytes for open connections.</summary>
    public long Connections => Spare / 10;

    /// <summary>The bytes for requests that were accepted, whatever their bodies take.</summary>
    public long Streams => Spare / 6;

    /// <summary>The bytes for the bodies of reviews and for all that reviews become.</summary>
    public long Reviews => Spare - Connections - Streams;

    // A process with less than twice what it needs for itself is too small anyway, and gets the half.
    private long Spare => Math.Max(Total - Process, Total / 2);

    /// <summary>The allowance of this process. The runtime has read the limits of the container at its start.</summary>
    public static MemoryAllowance OfProcess() => new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>The number of connections that fit, between bounds that hold on small and on large machines.</summary>
    public int CountConnections(int least, int most) => Count(Connections / PerConnection, least, most);

    /// <summary>The number of requests that fit, between bounds that hold on small and on large machines.</summary>
    public int CountStreams(int least, int most) => Count(Streams / PerStream, least, most);

    private static int Count(long fitting, int least, int most) => (int)Math.Clamp(fitting, least, most);
}
