using System.Security.Cryptography.X509Certificates;
using System.Text;
using AdmissionSdk.Certificates;
using AdmissionSdk.Observability;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.ManagedCertificates;

/// <summary>
/// One replica's part in managed certificates: looks at the Secret and the configurations, makes the change that is due, puts the CA bundle in, and
/// serves what the configurations trust. Replicas agree through the Secret alone.
/// </summary>
internal sealed class ManagedReplica(
    ICertificateCluster cluster,
    RotationPlan plan,
    ManagedCertificateOptions options,
    ServingCertificate serving,
    CaBundleInjector injector,
    ManagedStatus status,
    AdmissionMetrics metrics,
    TimeProvider time,
    ILogger<ManagedReplica> logger)
{
    // More changes than are ever due at once; conflicts with other replicas included.
    private const int MostAttempts = 12;

    private readonly TrustLog _trust = new(time);
    private readonly ReportedProblems _reported = new();
    private ManagedState? _known;
    private CertificateFiles? _served;
    private long? _emptySince;

    /// <summary>The end of the CA that signs; null until the Secret was read.</summary>
    public DateTimeOffset? CaNotAfter { get; private set; }

    /// <summary>Looks once, and does what is due.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<string> problems = [];
        var live = await cluster.ReadBundlesAsync(cancellationToken);
        if (live.Failure is { } failure)
        {
            problems.Add(failure);
        }

        var isCurrent = await SynchronizeAsync(live, problems, cancellationToken);
        if (_known is { } state)
        {
            Serve(state, live);

            // The memory of a replica may be old, so only a state that was just read goes into the cluster.
            if (isCurrent)
            {
                live = await injector.InjectAsync(live, state.Bundle, problems, cancellationToken);
                _trust.Observe(live, state.Authority.CertificatePem, state.Next?.CertificatePem);
            }
        }

        _reported.Report(problems, problem => logger.ManagedCertificateProblem(problem, serving.NotAfter));
        status.Show(FindObstacle(live), problems);
    }

    /// <summary>Brings the Secret and this replica's knowledge to the same, newest state. False if the Secret could not be read.</summary>
    private async Task<bool> SynchronizeAsync(LiveBundles live, List<string> problems, CancellationToken cancellationToken)
    {
        try
        {
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                var secret = await cluster.ReadSecretAsync(cancellationToken);
                var stored = ManagedState.Read(secret.Data, out var damage);
                var (next, step) = stored is null ? Refill(damage, live) : Decide(stored, live);
                if (next is null)
                {
                    problems.Add($"the Secret {(damage is null ? "is empty" : $"is damaged ({damage})")}, and the configurations trust a CA: waiting a moment for a replica that knows that CA");
                    return false;
                }

                if (step == RotationStep.None)
                {
                    Learn(next);
                    return true;
                }

                if (await cluster.TryWriteSecretAsync(secret, next, cancellationToken))
                {
                    Learn(next);
                    ReportStep(next, step, damage);
                }
            }

            problems.Add("the Secret changes faster than this replica can read it");
        }
        catch (ClusterProblemException exception)
        {
            metrics.Rotated(RotationTags.Failed);
            problems.Add(exception.Message);
        }

        return false;
    }

    private (ManagedState? State, RotationStep Step) Refill(string? damage, LiveBundles live)
    {
        if (_known is { } known)
        {
            return (known, RotationStep.Restored);
        }

        // Other replicas may know the CA that the configurations trust, and put it back within an interval.
        _emptySince ??= time.GetTimestamp();
        var isAlone = live.IsMissing || live.Trusted.Length == 0 || time.GetElapsedTime(_emptySince.Value) >= 3 * options.Interval;
        return isAlone ? (plan.Create(live.Trusted, time.GetUtcNow()), RotationStep.Created) : (null, RotationStep.None);
    }

    private (ManagedState State, RotationStep Step) Decide(ManagedState stored, LiveBundles live)
    {
        _trust.Observe(live, stored.Authority.CertificatePem, stored.Next?.CertificatePem);
        return plan.Decide(stored, stored.Next is { } next && (live.IsMissing || _trust.HasTrusted(next.CertificatePem, options.PropagationDelay)), time.GetUtcNow());
    }

    private void Learn(ManagedState state)
    {
        _known = state;
        status.Bundle = Encoding.ASCII.GetBytes(state.Bundle);
        _emptySince = null;
        using var authority = X509Certificate2.CreateFromPem(state.Authority.CertificatePem);
        CaNotAfter = new DateTimeOffset(authority.NotAfter.ToUniversalTime(), TimeSpan.Zero);
    }

    /// <summary>Serves a new certificate as soon as every API server can know its CA; at once if there is nothing better.</summary>
    private void Serve(ManagedState state, LiveBundles live)
    {
        if (state.Leaf == _served
            || (serving.IsUsable && !live.IsMissing && live.Failure is null && !_trust.HasTrusted(state.Authority.CertificatePem, options.PropagationDelay)))
        {
            return;
        }

        var (leaf, intermediates) = state.Leaf.Parse();
        serving.Show(leaf, intermediates);
        _served = state.Leaf;
        metrics.CertificateReloaded(MetricTags.Ok);
        logger.ManagedCertificateServed(
            leaf.SerialNumber, leaf.NotBefore.ToUniversalTime(), leaf.NotAfter.ToUniversalTime(), leaf.Issuer);
    }

    private void ReportStep(ManagedState state, RotationStep step, string? damage)
    {
        metrics.Rotated(RotationTags.For(step));
        using var authority = X509Certificate2.CreateFromPem(state.Authority.CertificatePem);
        using var leaf = X509Certificate2.CreateFromPem(state.Leaf.CertificatePem);
        using var next = state.Next is null ? null : X509Certificate2.CreateFromPem(state.Next.CertificatePem);
        if (damage is not null)
        {
            logger.ManagedSecretDamaged(damage);
        }

        logger.ManagedCertificatesChanged(
            RotationTags.For(step), leaf.SerialNumber, leaf.NotAfter.ToUniversalTime(), authority.SerialNumber, authority.NotAfter.ToUniversalTime(), next?.SerialNumber ?? "none");
    }

    private string? FindObstacle(LiveBundles live)
    {
        if (_served is not { } files || live.Failure is not null || live.IsMissing)
        {
            return null;
        }

        var (leaf, intermediates) = files.Parse();
        using (leaf)
        {
            return live.Verify(leaf, intermediates, time.GetUtcNow()) ? null : "the CA bundle in the cluster does not verify the certificate of this replica";
        }
    }
}
