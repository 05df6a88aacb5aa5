using ImageRegistryWebhook.Images;
using Microsoft.Extensions.Options;

namespace ImageRegistryWebhook.Registries;

/// <summary>The webhook's own credentials. The file is read again at most every 10 seconds; after an error the last valid credentials stay in force.</summary>
internal sealed partial class CredentialStore(IOptions<RegistryLookupOptions> options, TimeProvider time, ILogger<CredentialStore> logger)
{
    private const long LargestFile = 1024 * 1024;

    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private DockerConfig _config = DockerConfig.Empty;
    private string? _text;
    private long? _read;

    /// <summary>The credential for a repository, or null.</summary>
    public RegistryCredential? Find(RegistryHost host, string repository)
    {
        lock (_lock)
        {
            if (options.Value.CredentialsFile is { Length: > 0 } file && (_read is not { } read || time.GetElapsedTime(read) >= ReadEvery))
            {
                _read = time.GetTimestamp();
                Refresh(file);
            }

            return _config.Find(host, repository);
        }
    }

    /// <summary>Reads a file of credentials, or returns the error.</summary>
    public static (string? Text, DockerConfig? Config, string? Error) Read(string file)
    {
        try
        {
            if (new FileInfo(file).Length > LargestFile)
            {
                return (null, null, "the file is larger than 1 MiB");
            }

            var text = File.ReadAllText(file);
            return DockerConfig.TryParse(text, out var config, out var error) ? (text, config, null) : (text, null, error);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, null, exception.Message);
        }
    }

    private void Refresh(string file)
    {
        var (text, config, error) = Read(file);
        if (text is not null && text == _text)
        {
            return;
        }

        _text = text;
        if (config is null)
        {
            LogUnusable(file, error);
            return;
        }

        _config = config;
        LogRead(file);
    }

    [LoggerMessage(21, LogLevel.Information, "Credentials for registries were read from {File}.")]
    private partial void LogRead(string file);

    [LoggerMessage(22, LogLevel.Error, "The credentials for registries in {File} cannot be used, and the previous ones stay in force: {Reason}.")]
    private partial void LogUnusable(string file, string? reason);
}
