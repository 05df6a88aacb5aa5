using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>
/// Makes the TLS handshake that the API server will make with the webhook's host, so that a failure names a host that does not listen or shows
/// the wrong certificate, and does not appear as a failed request somewhere in a test (contract 7.1, 7.2).
/// </summary>
internal static class BackendProbe
{
    public static async Task CheckAsync(Uri baseAddress, byte[] caBundle, CancellationToken cancellationToken)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(Encoding.ASCII.GetString(caBundle));
        }
        catch (CryptographicException exception)
        {
            throw new KubeApiServerException("The caBundle is not PEM text with certificates.", exception);
        }

        if (authorities.Count == 0)
        {
            throw new KubeApiServerException("The caBundle holds no certificate; it must be PEM text.");
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(baseAddress.IdnHost, baseAddress.Port, cancellationToken);
            await using var tls = new SslStream(connection.GetStream());
            var options = new SslClientAuthenticationOptions { TargetHost = baseAddress.IdnHost, CertificateChainPolicy = policy };
            await tls.AuthenticateAsClientAsync(options, cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException)
        {
            throw new KubeApiServerException(
                $"The webhook host {baseAddress} cannot be called with this caBundle, and the API server will not be able to either: {exception.Message}", exception);
        }
        finally
        {
            foreach (var authority in authorities)
            {
                authority.Dispose();
            }
        }
    }
}
