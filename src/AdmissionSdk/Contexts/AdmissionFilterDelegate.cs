namespace AdmissionSdk;

/// <summary>What a filter runs around: the next filter, or the handler.</summary>
/// <param name="cancellationToken">Fires when the answer is due.</param>
/// <returns>The result.</returns>
public delegate ValueTask<AdmissionResult> AdmissionFilterDelegate(CancellationToken cancellationToken);
