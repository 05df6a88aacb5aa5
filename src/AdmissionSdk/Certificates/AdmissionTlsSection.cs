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
        options.CertificatePath = reader.FilePath(nameof(options.CertificatePath)) ?? options.CertificatePath;
        options.KeyPath = reader.FilePath(nameof(options.KeyPath)) ?? options.KeyPath;
        options.PollInterval = reader.Time(nameof(options.PollInterval), "30s") ?? options.PollInterval;
        Replace(options.DevelopmentHostNames, reader.Texts(nameof(options.DevelopmentHostNames)));
        options.DevelopmentCertificatePath = reader.FilePath(nameof(options.DevelopmentCertificatePath)) ?? options.DevelopmentCertificatePath;
        options.ClientCaPath = reader.FilePath(nameof(options.ClientCaPath)) ?? options.ClientCaPath;
        Replace(options.ClientNames, reader.Texts(nameof(options.ClientNames)));
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
