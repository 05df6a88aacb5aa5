using System.CommandLine;
using AdmissionSdk.Registration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.CommandLine.Tests.Support;

/// <summary>Runs <c>check</c> and <c>rewrite</c> of an application in a directory of its own.</summary>
internal sealed class ManifestCommand : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("manifests-").FullName;

    public string Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        return path;
    }

    public string Read(string name) => File.ReadAllText(Path.Combine(_directory, name));

    /// <summary>Runs a command, and removes the directory's name from its output.</summary>
    public async Task<CommandRun> RunAsync(Action<AdmissionWebhooksBuilder> webhooks, params string[] args)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "App" });
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        webhooks(builder.Services.AddAdmissionWebhooks());
        await using var app = builder.Build();
        app.MapAdmissionWebhooks();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await app.RunAdmissionWebhooksAsync(args, null, new InvocationConfiguration { Output = output, Error = error }, CancellationToken.None);
        return new CommandRun(code, Clean(output), Clean(error));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Clean(StringWriter writer) => writer.ToString().Replace(_directory + "/", "", StringComparison.Ordinal);
}
