using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using AdmissionSdk.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Certificates;

/// <summary>
/// Adds the TLS listener, and the configured addresses too, because Kestrel drops configured addresses once code adds a listener.
/// </summary>
internal sealed class AdmissionListenerSetup(
    ServingCertificate serving,
    CertificateLoader loader,
    ClientAuthority clients,
    ClientAuthorityLoader clientLoader,
    IOptions<AdmissionTlsOptions> options,
    IConfiguration configuration,
    IServiceProvider services)
    : IPostConfigureOptions<KestrelServerOptions>
{
    public void PostConfigure(string? name, KestrelServerOptions kestrel)
    {
        if (!TryGetSettings(kestrel, out var address, out var port, out var guard))
        {
            return;
        }

        KestrelLimits.Apply(kestrel.Limits, services.GetRequiredService<ConnectionLimits>());
        Action<ListenOptions> encrypted = listener => Encrypt(listener, guard);
        Listen(kestrel, address, port, encrypted);
        foreach (var other in ConfiguredAddress.ReadAll(configuration))
        {
            if (other.IsHttps && other.Port == port && address is null)
            {
                continue;
            }

            if (other.Port == port && port != 0)
            {
                throw new InvalidOperationException(
                    other.IsHttps
                        ? $"{other.Text} is configured, and AddAdmissionTls listens on port {port} of {address} only (AdmissionWebhooks:Tls:Address): take one of them away."
                        : $"{other.Text} is configured as plain HTTP, and AddAdmissionTls listens on port {port} with TLS: give one of them another port.");
            }

            other.Listen(kestrel, other.IsHttps ? encrypted : static _ => { });
        }
    }

    /// <summary>
    /// False if the options cannot work. An application makes its server when it is built, before it can refuse to start, or a command can print one
    /// line: so nothing is thrown before a server with such options is bound.
    /// </summary>
    private bool TryGetSettings(KestrelServerOptions kestrel, out IPAddress? address, out int port, [NotNullWhen(true)] out ConnectionGuard? guard)
    {
        try
        {
            port = options.Value.Port;
            guard = services.GetRequiredService<ConnectionGuard>();
            address = options.Value.Address is { } text ? IPAddress.Parse(text) : null;
            return true;
        }
        catch (OptionsValidationException exception)
        {
            (address, port, guard) = (null, 0, null);
            kestrel.ListenAnyIP(port, listener => listener.Use(_ => throw exception));
            return false;
        }
    }

    private void Encrypt(ListenOptions listener, ConnectionGuard guard)
    {
        listener.Use(guard.Accept);
        UseCertificate(listener);
        listener.Use(guard.Secure);
    }

    private static void Listen(KestrelServerOptions kestrel, IPAddress? address, int port, Action<ListenOptions> configure)
    {
        if (address is null)
        {
            kestrel.ListenAnyIP(port, configure);
        }
        else
        {
            kestrel.Listen(address, port, configure);
        }
    }

    private void UseCertificate(ListenOptions listener) => listener.UseHttps(new TlsHandshakeCallbackOptions
    {
        // Runs in every handshake, so that a new certificate needs no new listener. Kestrel's own selector would lose the intermediates.
        OnConnection = handshake =>
        {
            if (serving.Context is null)
            {
                // Kestrel may start before the watcher. Loading sooner would be wasted: commands that never serve build this listener too.
                loader.Load();
            }

            var tls = new SslServerAuthenticationOptions
            {
                ServerCertificateContext = serving.Context ?? throw new AuthenticationException("no serving certificate is loaded yet"),
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

    /// <summary>Asks the client for a certificate and accepts any or none: RequestGate judges the callers of webhooks, and the kubelet's probes have none.</summary>
    private void AskForCertificate(SslServerAuthenticationOptions tls, ConnectionContext connection)
    {
        if (!clients.IsKnown)
        {
            clientLoader.Load();
        }

        tls.ClientCertificateRequired = true;
        // A resumed session would come without the intermediates.
        tls.AllowTlsResume = false;
        // The default policy would build the chain to the system's authorities, and fetch missing parts from the network.
        tls.CertificateChainPolicy = clients.Policy();
#pragma warning disable CA5359 // RequestGate judges the client's certificate before anything is done for the client.
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

    // The handshake disposes its own certificates at its end.
    private static X509Certificate2 Copy(X509Certificate certificate) => X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
}
