using AdmissionSdk.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shared;

namespace Samples.Tests;

/// <summary>Runs a sample's own program in memory.</summary>
internal static class SampleHost
{
    public static Task<AdmissionTestHost> StartAsync<TEntryPoint>(Action<IServiceCollection>? configure = null, params string[] args)
        where TEntryPoint : class =>
        AdmissionTestHost.StartAsync<TEntryPoint>(configure, (string[])["--environment=Development", .. args]);

    public static string Read(string sample, string file) => File.ReadAllText(Path.Combine(Repository.Root, "samples", sample, file));
}
