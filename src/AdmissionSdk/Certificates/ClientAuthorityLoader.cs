using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AdmissionSdk.Observability;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Certificates;

/// <summary>Loads the authorities into <see cref="ClientAuthority"/>. A bad file is reported once, and the last good authorities stay.</summary>
internal sealed class ClientAuthorityLoader(ClientAuthority authority, IOptions<AdmissionTlsOptions> options, ILogger<ClientAuthorityLoader> logger)
{
    private readonly Lock _lock = new();
    private string? _loaded;
    private string? _reported;

    /// <summary>Loads the authorities if the file changed. Safe to call at any time, from any thread; never throws for the content of the file.</summary>
    public void Load()
    {
        if (options.Value.ClientCaPath is not { } path)
        {
            return;
        }

        lock (_lock)
        {
            try
            {
                var pem = File.ReadAllText(path);
                if (pem != _loaded)
                {
                    authority.Show(Parse(pem));
                    (_loaded, _reported) = (pem, null);
                    logger.ClientAuthorityLoaded(path);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
            {
                Report(path, exception);
            }
        }
    }

    private static X509Certificate2Collection Parse(string pem)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return authorities.Count > 0 ? authorities : throw new CryptographicException("the file contains no certificate");
    }

    private void Report(string path, Exception exception)
    {
        if (_reported == exception.Message)
        {
            return;
        }

        _reported = exception.Message;
        if (authority.IsKnown)
        {
            logger.ClientAuthorityRejected(exception, path, exception.Message);
        }
        else
        {
            logger.ClientAuthorityMissing(exception, path, exception.Message);
        }
    }
}
