using AdmissionSdk;
using AdmissionSdk.Certificates;
using k8s.Models;
using Microsoft.Extensions.Options;

namespace Snippets.Tests.Certificates;

/// <summary>The code of docs/certificates.md.</summary>
public sealed class CertificateSnippets
{
    [Fact]
    public void AddAdmissionTls_Managed_IsTheModeOutsideDevelopment()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });

        #region certificates-managed
        builder.Services.AddAdmissionTls();                     // the mode of the Deployment; on your machine, development
        builder.Services.AddAdmissionTls(tls => tls.Managed()); // managed wherever there is a cluster
        #endregion

        using var app = builder.Build();
        Assert.Equal(CertificateMode.Managed, app.Services.GetRequiredService<IOptions<AdmissionTlsOptions>>().Value.Mode);
    }

    [Fact]
    public void AddDriftCheck_RepairDrift_CanBeBuilt()
    {
        var builder = WebApplication.CreateBuilder();

        #region certificates-repair
        builder.Services.AddAdmissionWebhooks()
            .AddDriftCheck(options => options.RepairDrift = true);
        #endregion

        using var app = builder.Build();
        Assert.True(app.Services.GetRequiredService<IOptions<AdmissionSdk.Drift.DriftOptions>>().Value.RepairDrift);
    }
}
