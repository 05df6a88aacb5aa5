using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>The registry of the distribution project (Debian's package), on loopback with an empty directory.</summary>
internal sealed class DockerRegistry : IAsyncDisposable
{
    public const string User = "webhook";
    public const string Password = "s3cret";

    // The output of `htpasswd -nbB` for the user and password above.
    private const string Users = "webhook:$2y$04$jbTjhuNKkp5x7on9qk8uUu2gYauxGOKoD.vaZu/xgcngA3H1HdLdm\n";
    private const string Listening = "listening on 127.0.0.1:";

    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;
    private readonly Process _process;
    private readonly HttpClient _client = new();
    private readonly StringBuilder _log = new();

    private DockerRegistry(bool withUsers)
    {
        var auth = withUsers ? $"auth: {{htpasswd: {{realm: test, path: {_directory}/users}}}}\n" : "";
        File.WriteAllText(
            $"{_directory}/config.yml",
            $"version: 0.1\nlog: {{level: info}}\nstorage: {{filesystem: {{rootdirectory: {_directory}/data}}, delete: {{enabled: true}}}}\nhttp: {{addr: '127.0.0.1:0'}}\n{auth}");
        File.WriteAllText($"{_directory}/users", Users);
        if (withUsers)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")));
        }

        _process = new Process
        {
            StartInfo = new ProcessStartInfo(Binary!, ["serve", $"{_directory}/config.yml"]) { RedirectStandardError = true, RedirectStandardOutput = true },
        };
    }

    /// <summary>The program: <c>DOCKER_REGISTRY</c>, or <c>docker-registry</c> on the path; null if there is none.</summary>
    public static string? Binary { get; } = Environment.GetEnvironmentVariable("DOCKER_REGISTRY") is { Length: > 0 } given
        ? given
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(directory => Path.Combine(directory, "docker-registry")).FirstOrDefault(File.Exists);

    public int Port { get; private set; }

    /// <summary>The log of the registry, with all requests.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    public static async Task<DockerRegistry> StartAsync(bool withUsers = false)
    {
        var registry = new DockerRegistry(withUsers);
        try
        {
            await registry.ListenAsync();
            return registry;
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    /// <summary>Pushes an empty image.</summary>
    /// <returns>The digest of its manifest.</returns>
    public async Task<string> PushAsync(string repository, string tag, string type = "application/vnd.oci.image.manifest.v1+json")
    {
        var config = await PushBlobAsync(repository, "{}"u8.ToArray());
        var layer = await PushBlobAsync(repository, Encoding.UTF8.GetBytes($"layer of {repository}:{tag}"));
        var oci = type.Contains("oci", StringComparison.Ordinal);
        return await PushManifestAsync(repository, tag, type, $$"""
            {"schemaVersion":2,"mediaType":"{{type}}",
             "config":{"mediaType":"{{(oci ? "application/vnd.oci.image.config.v1+json" : "application/vnd.docker.container.image.v1+json")}}","digest":"{{config.Digest}}","size":{{config.Size}}},
             "layers":[{"mediaType":"{{(oci ? "application/vnd.oci.image.layer.v1.tar" : "application/vnd.docker.image.rootfs.diff.tar.gzip")}}","digest":"{{layer.Digest}}","size":{{layer.Size}}}]}
            """);
    }

    /// <summary>Pushes a manifest or an index.</summary>
    public async Task<string> PushManifestAsync(string repository, string reference, string type, string manifest)
    {
        using var content = new StringContent(manifest);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var response = await _client.PutAsync(new Uri($"http://127.0.0.1:{Port}/v2/{repository}/manifests/{reference}"), content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return Digest(Encoding.UTF8.GetBytes(manifest));
    }

    public async Task DeleteAsync(string repository, string digest)
    {
        using var response = await _client.DeleteAsync(new Uri($"http://127.0.0.1:{Port}/v2/{repository}/manifests/{digest}"));
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        catch (InvalidOperationException)
        {
            // The process was never started.
        }

        _process.Dispose();
        _client.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static string Digest(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    private async Task ListenAsync()
    {
        var listening = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        DataReceivedEventHandler read = (_, line) =>
        {
            lock (_log)
            {
                _log.AppendLine(line.Data);
            }

            if (line.Data?.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var found)
            {
                var digits = line.Data[(found + Listening.Length)..].TakeWhile(char.IsAsciiDigit);
                listening.TrySetResult(int.Parse(string.Concat(digits), CultureInfo.InvariantCulture));
            }
        };
        _process.ErrorDataReceived += read;
        _process.OutputDataReceived += read;
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        var exited = _process.WaitForExitAsync();
        var first = await Task.WhenAny(listening.Task, exited).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(first == listening.Task, $"docker-registry ended: {Log}");
        Port = await listening.Task;
    }

    private async Task<(string Digest, int Size)> PushBlobAsync(string repository, byte[] bytes)
    {
        using var start = await _client.PostAsync(new Uri($"http://127.0.0.1:{Port}/v2/{repository}/blobs/uploads/"), null);
        start.EnsureSuccessStatusCode();
        var location = new Uri(new Uri($"http://127.0.0.1:{Port}"), start.Headers.Location!);
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var end = await _client.PutAsync(new Uri($"{location}{(location.Query.Length == 0 ? "?" : "&")}digest={Digest(bytes)}"), content);
        end.EnsureSuccessStatusCode();
        return (Digest(bytes), bytes.Length);
    }
}
