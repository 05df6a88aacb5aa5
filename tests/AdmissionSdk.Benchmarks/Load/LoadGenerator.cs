using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AdmissionSdk.Benchmarks.Load;

/// <summary>Drives a target with h2load (Debian's nghttp2-client), over TLS and HTTP/1.1 as the API server does without HTTP/2.</summary>
internal sealed partial class LoadGenerator(LoadOptions options)
{
    public const int Connections = 16;

    /// <summary>Sends reviews as fast as they are answered.</summary>
    /// <returns>Reviews a second.</returns>
    public async Task<double> RunAsync(LoadTarget target, int requests)
    {
        var output = await RunAsync(target, requests, []);
        return double.Parse(Rate().Match(output).Groups["rate"].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Sends reviews at a rate, so that the time of each is that of a server with time to spare.</summary>
    /// <returns>The times in milliseconds, sorted.</returns>
    public async Task<double[]> RunAtAsync(LoadTarget target, int rate, int seconds)
    {
        var log = Path.GetTempFileName();
        try
        {
            // A rate is that of each connection, and a log file is appended to.
            var each = ((double)rate / Connections).ToString(CultureInfo.InvariantCulture);
            await RunAsync(target, rate * seconds, [$"--rps={each}", $"--log-file={log}"]);
            return [.. File.ReadLines(log).Select(line => double.Parse(line.Split('\t')[2], CultureInfo.InvariantCulture) / 1000).Order()];
        }
        finally
        {
            File.Delete(log);
        }
    }

    private async Task<string> RunAsync(LoadTarget target, int requests, string[] more)
    {
        string[] arguments =
        [
            "-c", Number(options.ClientCore), "h2load", "--h1", "-n", Number(requests), "-c", Number(Connections), "-t", "1",
            "-d", target.Body, "-H", "Content-Type: application/json", .. more, .. target.Urls.Select(url => url.AbsoluteUri),
        ];
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var text = await output;
        return Succeeded().Match(text) is { Success: true } match && match.Groups["count"].Value == Number(requests)
            ? text
            : throw new LoadException($"{target.Name}: not every one of {requests} reviews was answered with 200:\n{text}{await errors}");
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("taskset", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new LoadException("taskset is missing: install the package util-linux.");
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"finished in .*, (?<rate>[\d.]+) req/s")]
    private static partial Regex Rate();

    [GeneratedRegex(@"status codes: (?<count>\d+) 2xx")]
    private static partial Regex Succeeded();
}
