using System.Security.Cryptography.X509Certificates;

namespace AdmissionSdk.ManagedCertificates;

/// <summary>The trust of the cluster in the application, as it was read last.</summary>
/// <param name="Configurations">The configurations that exist.</param>
/// <param name="Failure">The reason for not knowing; null if the configurations could be read.</param>
internal sealed record LiveBundles(IReadOnlyList<LiveConfiguration> Configurations, string? Failure = null)
{
    private IEnumerable<byte[]?> All => Configurations.SelectMany(configuration => configuration.Bundles.Values);

    /// <summary>True if it is certain that no API server calls the application.</summary>
    public bool IsMissing => Failure is null && !All.Any();

    /// <summary>The certificates that some webhook trusts.</summary>
    public string Trusted => CaBundleText.Join(All.Select(bundle => string.Concat(CaBundleText.Read(bundle).Select(item => item.ExportCertificatePem() + "\n"))));

    /// <summary>True if every webhook trusts a CA.</summary>
    public bool Trust(string certificatePem) => All.All(bundle => CaBundleText.Contains(bundle, certificatePem));

    /// <summary>True if every webhook would accept a serving certificate.</summary>
    public bool Verify(X509Certificate2 leaf, X509Certificate2Collection intermediates, DateTimeOffset now) =>
        All.DistinctBy(bundle => Convert.ToBase64String(bundle ?? [])).All(bundle => CaBundleText.Verifies(bundle, leaf, intermediates, now));
}
