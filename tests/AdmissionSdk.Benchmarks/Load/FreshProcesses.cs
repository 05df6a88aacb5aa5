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
        Dictionary<string, List<double>[]> cpu = [];
        Dictionary<string, List<double>> first = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var name in Names())
            {
                var spans = cpu.TryGetValue(name, out var known) ? known : cpu[name] = [.. Ends.Select(_ => new List<double>()), []];
                await ColdAsync(name, spans, first.TryGetValue(name, out var times) ? times : first[name] = []);
            }

            await Console.Error.WriteLineAsync($"round {round + 1} of {options.Rounds}");
        }

        var table = new MarkdownTable("mean µs of CPU of", "first review, ms", "reviews 1–100", "100–1,000", "1,000–2,000", "steady", "100–1,000 × steady");
        foreach (var (name, spans) in cpu)
        {
            double[] medians = [.. spans.Select(Series.Median)];
            table.Add(
                name, MarkdownTable.Number(Series.Median(first[name]), "N1"), MarkdownTable.Number((medians[0] + (99 * medians[1])) / 100), MarkdownTable.Number(medians[2]),
                MarkdownTable.Number(medians[3]), MarkdownTable.Number(medians[4]), MarkdownTable.Number(medians[2] / medians[4], "N2"));
        }

        return table;
    }

    /// <summary>Measures the resident memory before and after many reviews.</summary>
    public async Task<MarkdownTable> SoakAsync()
    {
        var table = new MarkdownTable("MiB resident", "idle", "after the first review", $"after {options.Soak.ToString("N0", CultureInfo.InvariantCulture)} reviews", "reviews/s", "µs of CPU");
        foreach (var name in Names())
        {
            await using var server = await StartAsync();
            var target = Target(name, server);
            var idle = server.ResidentMegabytes;
            await client.CheckAsync(target);
            var first = server.ResidentMegabytes;
            var before = server.Cpu;
            var rate = await _generator.RunAsync(target, options.Soak);
            table.Add(
                name, MarkdownTable.Number(idle), MarkdownTable.Number(first), MarkdownTable.Number(server.ResidentMegabytes),
                MarkdownTable.Number(rate), MarkdownTable.Number((server.Cpu - before).TotalMicroseconds / options.Soak));
        }

        return table;
    }

    private async Task ColdAsync(string name, List<double>[] spans, List<double> first)
    {
        await using var server = await StartAsync();
        var target = Target(name, server);
        var done = 0;
        for (var i = 0; i < Ends.Length; i++)
        {
            var (before, begin) = (server.Cpu, Stopwatch.GetTimestamp());
            await (done == 0 ? client.CheckAsync(target) : client.SendAsync(target, Ends[i] - done));
            if (done == 0)
            {
                first.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            }

            spans[i].Add((server.Cpu - before).TotalMicroseconds / (Ends[i] - done));
            done = Ends[i];
        }

        // Steady is the same process, warmed up by the load generator.
        await _generator.RunAsync(target, options.WarmUp);
        var steady = server.Cpu;
        await _generator.RunAsync(target, options.Requests);
        spans[^1].Add((server.Cpu - steady).TotalMicroseconds / options.Requests);
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

    private LoadTarget Target(string name, ServedProgram server) =>
        options.Program is null
            ? LoadTargets.Of(options, server, files.Recorded).Single(target => target.Name == name)
            : LoadTargets.OfProgram(options, server, files.Recorded);
}
