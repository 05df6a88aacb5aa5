namespace AdmissionSdk.Hosting;

/// <summary>The phases of an application on its way out.</summary>
internal enum DrainPhase
{
    /// <summary>The application serves.</summary>
    Serving,

    /// <summary>The application is to stop: not ready, but still serving, and asking callers to come back on a new connection.</summary>
    Draining,

    /// <summary>The application finishes the reviews it has, and sends new reviews elsewhere.</summary>
    Refusing,
}
