using AdmissionSdk.Configuration;
using Microsoft.Extensions.Configuration;

namespace AdmissionSdk.Certificates;

/// <summary>The settings of the listener, under <c>AdmissionWebhooks:Tls</c>.</summary>
internal sealed class AdmissionTlsSection(IConfiguration? configuration = null) : ConfiguredOptions<AdmissionTlsOptions>(configuration, SectionNames.Tls)
{
    protected override void Read(SectionReader reader, AdmissionTlsOptions options)
    {
        options.Address = reader.Text(nameof(options.Address)) ?? options.Address;
        options.Port = reader.Number(nameof(options.Port), 0, 65535) ?? options.Port;
        ReadMode(reader, options);
        ReadManaged(reader.Section(nameof(options.ManagedCertificates)), options.ManagedCertificates);
        options.PollInterval = reader.Time(nameof(options.PollInterval), "30s") ?? options.PollInterval;
        Replace(options.DevelopmentHostNames, reader.Texts(nameof(options.DevelopmentHostNames)));
        options.DevelopmentCertificatePath = reader.FilePath(nameof(options.DevelopmentCertificatePath)) ?? options.DevelopmentCertificatePath;
        options.ClientCaPath = reader.FilePath(nameof(options.ClientCaPath)) ?? options.ClientCaPath;
        Replace(options.ClientNames, reader.Texts(nameof(options.ClientNames)));
    }

    // The section's mode replaces everything that code says of the certificate's origin, and so does a path without a mode.
    private static void ReadMode(SectionReader reader, AdmissionTlsOptions options)
    {
        var mode = reader.Choice<CertificateMode>(nameof(options.Mode));
        var certificate = reader.FilePath(nameof(options.CertificatePath));
        if (mode is not null || certificate is not null)
        {
            options.Mode = mode;
            if (mode is not null and not CertificateMode.Files)
            {
                (options.CertificatePath, options.KeyPath) = (null, null);
            }
        }

        options.CertificatePath = certificate ?? options.CertificatePath;
        options.KeyPath = reader.FilePath(nameof(options.KeyPath)) ?? options.KeyPath;
    }

    private static void ReadManaged(SectionReader reader, ManagedCertificateOptions options)
    {
        options.SecretName = reader.Text(nameof(options.SecretName)) ?? options.SecretName;
        options.CaLifetime = reader.Time(nameof(options.CaLifetime), "8760h") ?? options.CaLifetime;
        options.CertificateLifetime = reader.Time(nameof(options.CertificateLifetime), "720h") ?? options.CertificateLifetime;
        options.PropagationDelay = reader.Time(nameof(options.PropagationDelay), "1m") ?? options.PropagationDelay;
        options.Interval = reader.Time(nameof(options.Interval), "10s") ?? options.Interval;
        options.Timeout = reader.Time(nameof(options.Timeout), "10s") ?? options.Timeout;
        reader.RefuseUnknown();
    }

    private static void Replace(IList<string> list, IReadOnlyList<string>? items)
    {
        if (items is not null)
        {
            list.Clear();
            foreach (var item in items)
            {
                list.Add(item);
            }
        }
    }
}
