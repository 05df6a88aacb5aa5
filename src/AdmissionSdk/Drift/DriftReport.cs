using AdmissionSdk.Manifests;

namespace AdmissionSdk.Drift;

/// <summary>What the last comparison of the code with the cluster found. In dependency injection when <c>AddDriftCheck</c> was called.</summary>
public sealed class DriftReport
{
    private volatile Result _last = new([], null, "not compared yet");

    internal DriftReport()
    {
    }

    /// <summary>Where the cluster's webhook configurations differ from the code; empty when nowhere, or when <see cref="WhyUnknown"/> says that nobody could look.</summary>
    public IReadOnlyList<FieldDrift> Drifts => _last.Drifts;

    /// <summary>When code and cluster were last compared; null before that.</summary>
    public DateTimeOffset? ComparedAt => _last.ComparedAt;

    /// <summary>Why it is not known whether there is drift; null when it is known.</summary>
    public string? WhyUnknown => _last.WhyUnknown;

    internal void Show(IReadOnlyList<FieldDrift> drifts, DateTimeOffset at) => _last = new Result(drifts, at, null);

    internal void ShowUnknown(string why) => _last = new Result([], _last.ComparedAt, why);

    // No cluster to compare with, as on a developer's machine.
    internal bool IsOff { get; private set; }

    internal void ShowOff()
    {
        ShowUnknown("this is not a pod, and there is no IKubernetes in dependency injection");
        IsOff = true;
    }

    private sealed record Result(IReadOnlyList<FieldDrift> Drifts, DateTimeOffset? ComparedAt, string? WhyUnknown);
}
