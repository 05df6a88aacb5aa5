using System.Diagnostics;
using System.Globalization;

namespace AdmissionSdk.Benchmarks.Load;

/// <summary>Measures what a roll-out meets: the time from exec to readiness, and then the first review, on a connection of its own.</summary>
internal static class StartCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task MeasureAsync(LoadOptions options, ReviewFiles files)
    {
        using var quota = options.Cpu is { } cpu ? new CpuQuota(cpu) : null;
        Console.WriteLine($"{options.Starts} starts, {(quota is null ? "a whole core" : string.Create(CultureInfo.InvariantCulture, $"a quota of {options.Cpu} cores"))}.\n");
        var table = new MarkdownTable("", "ready after, ms", "CPU until then, ms", "first review, ms", "the slowest, ms", "its CPU, ms");
        foreach (var name in options.Program is null ? LoadTargets.Names(options).Where(name => name != LoadTargets.Ceiling) : [options.ProgramPath])
        {
            List<Start> starts = [];
            // The first start warms this process up.
            for (var i = 0; i <= options.Starts; i++)
            {
                starts.Add(await StartAsync(options, files, name, quota));
            }

            starts.RemoveAt(0);
            table.Add(
                name, Median(starts, start => start.Ready), Median(starts, start => start.CpuUntilReady), Median(starts, start => start.First),
                MarkdownTable.Number(starts.Max(start => start.First), "N1"), Median(starts, start => start.CpuOfFirst));
        }

        Console.WriteLine(table);
    }

    private static async Task<Start> StartAsync(LoadOptions options, ReviewFiles files, string name, CpuQuota? quota)
    {
        await using var server = await ServedProgram.StartAsync(options, "", quota?.Directory);
        using (var probe = new ReviewClient())
        {
            while (!await IsReadyAsync(probe, server))
            {
                await Task.Delay(10);
            }
        }

        var ready = Stopwatch.GetElapsedTime(server.Started).TotalMilliseconds;
        var (cpu, begin) = (server.Cpu, Stopwatch.GetTimestamp());
        using var client = new ReviewClient();
        await client.CheckAsync(LoadTargets.Find(options, server, files.Recorded, name));
        return new(ready, cpu.TotalMilliseconds, Stopwatch.GetElapsedTime(begin).TotalMilliseconds, (server.Cpu - cpu).TotalMilliseconds);
    }

    private static async Task<bool> IsReadyAsync(ReviewClient probe, ServedProgram server)
    {
        if (Stopwatch.GetElapsedTime(server.Started) > Patience)
        {
            throw new LoadException($"The server was not ready within {Patience.TotalMinutes} minutes.");
        }

        return await probe.IsReadyAsync(server.Address);
    }

    private static string Median(List<Start> starts, Func<Start, double> value) => MarkdownTable.Number(Series.Median(starts.Select(value)), "N1");

    /// <summary>One start, in milliseconds.</summary>
    private sealed record Start(double Ready, double CpuUntilReady, double First, double CpuOfFirst);
}
