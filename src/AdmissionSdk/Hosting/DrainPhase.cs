namespace AdmissionSdk.Hosting;

/// <summary>How far the application is on its way out.</summary>
internal enum DrainPhase
{
    /// <summary>It serves.</summary>
    Serving,

    /// <summary>It is to stop: not ready, but still serving, and asking callers to come back on a new connection.</summary>
    Draining,

    /// <summary>It finishes what it has, and sends new reviews elsewhere.</summary>
    Refusing,
}
