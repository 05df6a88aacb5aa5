using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Snippets.Tests.Running;

/// <summary>The code in docs/operations.md.</summary>
public sealed class LiveSettingsSnippets : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("admission-settings-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Settings_MountedConfigMapIsSwapped_AreReadAgain()
    {
        Mount("Enforce");
        var builder = WebApplication.CreateBuilder();
        Add(builder, _directory);
        await using var app = builder.Build();
        var changed = new TaskCompletionSource();
        using var subscription = ChangeToken.OnChange(((IConfiguration)app.Configuration).GetReloadToken, () =>
        {
            if (Mode(app) == "Warn")
            {
                changed.TrySetResult();
            }
        });
        Assert.Equal("Enforce", Mode(app));

        Mount("Warn");

        // The provider looks every four seconds.
        await changed.Task.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
    }

    private static string? Mode(WebApplication app) => app.Configuration["AdmissionWebhooks:Webhooks:guard.example.com:Mode"];

    private static void Add(WebApplicationBuilder builder, string mount)
    {
        #region operations-live-settings
        if (Directory.Exists(mount)) // such as /settings; not on a developer's machine
        {
            builder.Configuration.AddJsonFile(file =>
            {
                file.FileProvider = new PhysicalFileProvider(mount) { UsePollingFileWatcher = true, UseActivePolling = true };
                file.Path = "settings.json";
                file.Optional = true;
                file.ReloadOnChange = true;
            });
        }
        #endregion
    }

    /// <summary>Mounts the settings as the kubelet does: the file is a link into ..data, itself a link, which is replaced.</summary>
    private void Mount(string mode)
    {
        var version = Directory.CreateDirectory(Path.Combine(_directory, $"..{mode}")).FullName;
        var file = Path.Combine(version, "settings.json");
        File.WriteAllText(file, """{"AdmissionWebhooks": {"Webhooks": {"guard.example.com": {"Mode": "MODE"}}}}""".Replace("MODE", mode, StringComparison.Ordinal));
        var data = Path.Combine(_directory, "..data");
        if (Path.Exists(data))
        {
            // The clock of a file system may be coarse, and two ConfigMaps are never made in the same moment.
            File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(5));
            Directory.Delete(data);
        }

        Directory.CreateSymbolicLink(data, version);
        var link = Path.Combine(_directory, "settings.json");
        if (!Path.Exists(link))
        {
            File.CreateSymbolicLink(link, Path.Combine("..data", "settings.json"));
        }
    }
}
