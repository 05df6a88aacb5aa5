using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Certificates;

/// <summary>
/// Adds the TLS listener. Kestrel forgets the addresses of the configuration as soon as code adds a listener, so those are added here too.
/// </summary>
internal sealed class AdmissionListenerSetup(
    ServingCertificate serving, CertificateLoader loader, IOptions<AdmissionTlsOptions> options, IConfiguration configuration)
    : IPostConfigureOptions<KestrelServerOptions>
{
    public void PostConfigure(string? name, KestrelServerOptions kestrel)
    {
        var port = options.Value.Port;
        kestrel.ListenAnyIP(port, UseCertificate);
        foreach (var address in ConfiguredAddresses.Read(configuration))
        {
            if (address.IsHttps && address.Port == port)
            {
                continue;
            }

            if (address.Port == port && port != 0)
            {
                throw new InvalidOperationException(
                    $"{address.Text} is configured as plain HTTP, and AddAdmissionTls listens on port {port} with TLS: give one of them another port.");
            }

            address.Listen(kestrel, address.IsHttps ? UseCertificate : static _ => { });
        }
    }

    private void UseCertificate(ListenOptions listener) => listener.UseHttps(new TlsHandshakeCallbackOptions
    {
        // Asked in every handshake: a new certificate needs no new listener. A selector of Kestrel's would lose the intermediates.
        OnConnection = _ =>
        {
            if (serving.Context is null)
            {
                // Whatever the order in which the host starts its services. Not sooner: commands that never serve make this listener too.
                loader.Load();
            }

            return serving.Context is { } context
                ? ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = context,
                    // Contract 7.1: the API server speaks nothing older.
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                })
                : throw new AuthenticationException("there is no certificate yet");
        },
    });
}
