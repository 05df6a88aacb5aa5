using AdmissionSdk.Manifests;

namespace AdmissionSdk.Drift;

/// <summary>The result of the last comparison of the code with the cluster. In dependency injection when <c>AddDriftCheck</c> was called.</summary>
internal sealed class DriftReport
{
    private volatile Result _last = new([], null, "not compared yet");

    internal DriftReport()
    {
    }

    /// <summary>The differences between the cluster's webhook configurations and the code; also empty when <see cref="Failure"/> is set.</summary>
    public IReadOnlyList<FieldDrift> Drifts => _last.Drifts;

    /// <summary>The time of the last comparison; null before the first.</summary>
    public DateTimeOffset? ComparedAt => _last.ComparedAt;

    /// <summary>The reason for a failed comparison; null after a successful comparison.</summary>
    public string? Failure => _last.Reason;

    internal void Show(IReadOnlyList<FieldDrift> drifts, DateTimeOffset at) => _last = new Result(drifts, at, null);

    internal void ShowUnknown(string reason) => _last = new Result([], _last.ComparedAt, reason);

    // True without a cluster to compare with, as on a developer's machine.
    internal bool IsOff { get; private set; }

    internal void ShowOff()
    {
        ShowUnknown("this is not a pod, and dependency injection has no IKubernetes");
        IsOff = true;
    }

    private sealed record Result(IReadOnlyList<FieldDrift> Drifts, DateTimeOffset? ComparedAt, string? Reason);
}
