using System.Diagnostics;

namespace AdmissionSdk.EndToEnd.Tests.Sample.Support;

/// <summary>The output and exit code of a command of the reference webhook, run as a process.</summary>
internal sealed record SampleCommand(int ExitCode, string Output, string Error)
{
    public static async Task<SampleCommand> RunAsync(IEnumerable<KeyValuePair<string, string>> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "image-registry-webhook.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new SampleCommand(process.ExitCode, await output, await error);
    }
}
