namespace AdmissionSdk;

/// <summary>The next filter, or the handler, that a filter runs around.</summary>
/// <param name="cancellationToken">Fires when the response is due.</param>
/// <returns>The result.</returns>
public delegate ValueTask<AdmissionResult> AdmissionFilterDelegate(CancellationToken cancellationToken);
