using System.Diagnostics;
using System.Globalization;

namespace AdmissionSdk.Benchmarks.Load;

/// <summary>Measures the first reviews of a process, and its memory: a process of its own for each target and round.</summary>
internal sealed class FreshProcesses(LoadOptions options, ReviewFiles files, ReviewClient client)
{
    private static readonly int[] Ends = [1, 100, 1000, 2000];
    private readonly LoadGenerator _generator = new(options);

    /// <summary>Measures the processor time of the first reviews, everything included that the process does beside: it compiles.</summary>
    public async Task<MarkdownTable> ColdAsync()
    {
        var series = Names().ToDictionary(name => name, _ => new ColdSeries(Ends.Length));
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var (name, measured) in series)
            {
                await ColdAsync(name, measured);
            }

            await Console.Error.WriteLineAsync($"round {round + 1} of {options.Rounds}");
        }

        var table = new MarkdownTable(
            "mean µs of CPU of", "first review, ms", "reviews 1–100", "100–1,000", "1,000–2,000", "steady", "100–1,000 × steady", "methods compiled", "ms compiling");
        foreach (var (name, measured) in series)
        {
            double[] medians = [.. measured.Cpu.Select(Series.Median)];
            var steady = Series.Median(measured.Steady);
            table.Add(
                name, MarkdownTable.Number(Series.Median(measured.First), "N1"), MarkdownTable.Number((medians[0] + (99 * medians[1])) / 100), MarkdownTable.Number(medians[2]),
                MarkdownTable.Number(medians[3]), MarkdownTable.Number(steady), MarkdownTable.Number(medians[2] / steady, "N2"),
                MarkdownTable.Number(Series.Median(measured.Methods)), MarkdownTable.Number(Series.Median(measured.Compiling)));
        }

        return table;
    }

    /// <summary>Measures the resident memory before and after many reviews.</summary>
    public async Task<MarkdownTable> SoakAsync()
    {
        var table = new MarkdownTable("MiB resident", "idle", "after the first review", $"after {options.Soak.ToString("N0", CultureInfo.InvariantCulture)} reviews", "of these not of files", "reviews/s", "µs of CPU");
        foreach (var name in Names())
        {
            await using var server = await StartAsync();
            var target = LoadTargets.Find(options, server, files.Recorded, name);
            var idle = server.ResidentMegabytes;
            await client.CheckAsync(target);
            var first = server.ResidentMegabytes;
            var before = server.Cpu;
            var rate = await _generator.RunAsync(target, options.Soak);
            table.Add(
                name, MarkdownTable.Number(idle), MarkdownTable.Number(first), MarkdownTable.Number(server.ResidentMegabytes),
                MarkdownTable.Number(server.AnonymousMegabytes), MarkdownTable.Number(rate), MarkdownTable.Number((server.Cpu - before).TotalMicroseconds / options.Soak));
        }

        return table;
    }

    private async Task ColdAsync(string name, ColdSeries measured)
    {
        await using var server = await StartAsync();
        var target = LoadTargets.Find(options, server, files.Recorded, name);
        var done = 0;
        for (var i = 0; i < Ends.Length; i++)
        {
            var (before, begin) = (server.Cpu, Stopwatch.GetTimestamp());
            await (done == 0 ? client.CheckAsync(target) : client.SendAsync(target, Ends[i] - done));
            if (done == 0)
            {
                measured.First.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            }

            measured.Cpu[i].Add((server.Cpu - before).TotalMicroseconds / (Ends[i] - done));
            done = Ends[i];
        }

        if (target.Counters is { } counters)
        {
            var counts = await client.CountersAsync(counters);
            measured.Methods.Add(counts.Methods);
            measured.Compiling.Add(counts.CompilationMicroseconds / 1000.0);
        }

        // Steady is the same process, warmed up by the load generator.
        await _generator.RunAsync(target, options.WarmUp);
        var steady = server.Cpu;
        await _generator.RunAsync(target, options.Requests);
        measured.Steady.Add((server.Cpu - steady).TotalMicroseconds / options.Requests);
    }

    private async Task<ServedProgram> StartAsync()
    {
        var server = await ServedProgram.StartAsync(options);
        for (var patience = Stopwatch.StartNew(); !await client.IsReadyAsync(server.Address); await Task.Delay(20))
        {
            if (patience.Elapsed > TimeSpan.FromMinutes(1))
            {
                await server.DisposeAsync();
                throw new LoadException("The server was not ready within a minute.");
            }
        }

        return server;
    }

    private IReadOnlyList<string> Names() => options.Program is null ? LoadTargets.Names(options) : [options.ProgramPath];
}
