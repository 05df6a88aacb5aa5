using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
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
    ServingCertificate serving,
    CertificateLoader loader,
    ClientAuthority clients,
    ClientAuthorityLoader clientLoader,
    IOptions<AdmissionTlsOptions> options,
    IConfiguration configuration)
    : IPostConfigureOptions<KestrelServerOptions>
{
    public void PostConfigure(string? name, KestrelServerOptions kestrel)
    {
        if (!TryGetPort(kestrel, out var port))
        {
            return;
        }

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

    /// <summary>
    /// False if the options cannot work. An application makes its server when it is built, before it can refuse to start, or a command can print one
    /// line: so nothing is thrown before a server with such options is bound.
    /// </summary>
    private bool TryGetPort(KestrelServerOptions kestrel, out int port)
    {
        try
        {
            port = options.Value.Port;
            return true;
        }
        catch (OptionsValidationException exception)
        {
            port = 0;
            kestrel.ListenAnyIP(port, listener => listener.Use(_ => throw exception));
            return false;
        }
    }

    private void UseCertificate(ListenOptions listener) => listener.UseHttps(new TlsHandshakeCallbackOptions
    {
        // Asked in every handshake: a new certificate needs no new listener. A selector of Kestrel's would lose the intermediates.
        OnConnection = handshake =>
        {
            if (serving.Context is null)
            {
                // Whatever the order in which the host starts its services. Not sooner: commands that never serve make this listener too.
                loader.Load();
            }

            var tls = new SslServerAuthenticationOptions
            {
                ServerCertificateContext = serving.Context ?? throw new AuthenticationException("there is no certificate yet"),
                // Contract 7.1: the API server speaks nothing older.
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            };
            if (clients.IsRequired)
            {
                AskForCertificate(tls, handshake.Connection);
            }

            return ValueTask.FromResult(tls);
        },
    });

    /// <summary>Asks the client for a certificate, and lets it on with any and with none: the webhooks judge it, since the kubelet's probes have none.</summary>
    private void AskForCertificate(SslServerAuthenticationOptions tls, ConnectionContext connection)
    {
        if (!clients.IsKnown)
        {
            clientLoader.Load();
        }

        tls.ClientCertificateRequired = true;
        // A resumed session would come without the intermediates.
        tls.AllowTlsResume = false;
        // Not for its verdict: by default the chain would be built to the system's authorities, and its missing parts fetched from the network.
        tls.CertificateChainPolicy = clients.Policy();
#pragma warning disable CA5359 // It is the client's certificate, which CallerGate judges before anything is done for the client.
        tls.RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
        {
            if (certificate is not null)
            {
                connection.Features.Set(new CallerCertificate(Copy(certificate), [.. (chain?.ChainPolicy.ExtraStore ?? []).Select(Copy)]));
            }

            return true;
        };
#pragma warning restore CA5359
    }

    // Those of the handshake are disposed with it.
    private static X509Certificate2 Copy(X509Certificate certificate) => X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
}
