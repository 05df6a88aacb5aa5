using System.Globalization;

namespace AdmissionSdk.Benchmarks.Load;

/// <summary>Measures the cost of reviews and prints it as markdown.</summary>
internal static class LoadCommand
{
    /// <returns>The exit code: 0, or 2 when nothing could be measured.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        try
        {
            var options = LoadOptions.Parse(arguments);
            if (options.Cores == 1 && options.ClientCore == 0)
            {
                throw new LoadException("The server and the load generator need cores of their own: this machine has one.");
            }

            Console.WriteLine(Machine.Describe(options));
            Console.WriteLine();
            using var files = new ReviewFiles();
            using var client = new ReviewClient();
            var runner = new RoundRunner(options, new LoadGenerator(options), client);
            Console.WriteLine(await MeasureAsync(options, runner, files, client));
            return 0;
        }
        catch (LoadException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    private static Task<MarkdownTable> MeasureAsync(LoadOptions options, RoundRunner runner, ReviewFiles files, ReviewClient client) => options switch
    {
        { Cold: true } => new FreshProcesses(options, files, client).ColdAsync(),
        { Soak: > 0 } => new FreshProcesses(options, files, client).SoakAsync(),
        { Webhooks: > 0 } => ManyWebhooksAsync(options, runner, files),
        { Size: { } size } => SizeAsync(options, runner, files, size),
        { Cores: > 1 } => CoresAsync(options, runner, files),
        _ => TargetsAsync(options, runner, files),
    };

    private static async Task<MarkdownTable> TargetsAsync(LoadOptions options, RoundRunner runner, ReviewFiles files)
    {
        await using var server = await ServedProgram.StartAsync(options);
        List<LoadTarget> targets = [.. options.Program is null ? LoadTargets.Of(options, server, files.Recorded) : [LoadTargets.OfProgram(options, server, files.Recorded)]];
        if (options.Peer is { } peer)
        {
            targets.Add(new LoadTarget(options.PeerName, [peer], options.PeerPid, files.Recorded));
        }

        var series = await runner.RunAsync(targets);
        await runner.MeasureLatencyAsync(series);
        var ceiling = series.FirstOrDefault(pair => pair.Key.Name == LoadTargets.Ceiling).Value?.MedianCpu ?? double.NaN;
        var peerCpu = options.Peer is null ? double.NaN : series[targets[^1]].MedianCpu;
        var table = new MarkdownTable("", "µs of CPU", "of the ceiling", "× " + options.PeerName, "reviews/s", "p50 ms", "p99 ms", "KB allocated");
        foreach (var (target, measured) in series)
        {
            table.Add(
                target.Name, Number(measured.MedianCpu), Number(ceiling / measured.MedianCpu, "P1"), Number(peerCpu / measured.MedianCpu, "N1"),
                Number(Series.Median(measured.Rate)), Number(measured.Percentile(0.5), "N2"), Number(measured.Percentile(0.99), "N2"),
                Number(Series.Median(measured.Allocated) / 1024, "N1"));
        }

        Console.WriteLine($"Resident memory of the server at the end: {Number(server.ResidentMegabytes)} MiB. A review has {Number(new FileInfo(files.Recorded).Length / 1024.0, "N1")} KB.\n");
        return table;
    }

    private static async Task<MarkdownTable> SizeAsync(LoadOptions options, RoundRunner runner, ReviewFiles files, int size)
    {
        await using var server = await ServedProgram.StartAsync(options);
        var large = files.OfSize(size);
        var small = LoadTargets.Of(options, server, files.Recorded);
        LoadTarget[] all = [.. small.SelectMany(target => new[] { target, target with { Body = large } })];
        var factor = (double)new FileInfo(large).Length / new FileInfo(files.Recorded).Length;
        var series = await runner.RunAsync(all, target => target.Body == large ? Math.Max(LoadGenerator.Connections, (int)(options.Requests / factor)) : options.Requests);
        var table = new MarkdownTable("", "µs of CPU at 10 KB", "µs of CPU at the size", "× for each byte", "KB allocated at the size");
        foreach (var target in small)
        {
            var (few, many) = (series[target].MedianCpu, series[target with { Body = large }]);
            table.Add(target.Name, Number(few), Number(many.MedianCpu), Number(many.MedianCpu / few / factor, "N2"), Number(Series.Median(many.Allocated) / 1024));
        }

        return table;
    }

    private static async Task<MarkdownTable> ManyWebhooksAsync(LoadOptions options, RoundRunner runner, ReviewFiles files)
    {
        await using var one = await ServedProgram.StartAsync(options, "--webhooks 1");
        await using var many = await ServedProgram.StartAsync(options, $"--webhooks {options.Webhooks.ToString(CultureInfo.InvariantCulture)}");
        LoadTarget[] targets = [LoadTargets.Many(1, one, files.Recorded), LoadTargets.Many(options.Webhooks, many, files.Recorded)];
        var series = await runner.RunAsync(targets);
        var table = new MarkdownTable("", "µs of CPU", "× of one", "reviews/s");
        foreach (var target in targets)
        {
            var measured = series[target];
            table.Add(target.Name, Number(measured.MedianCpu), Number(measured.MedianCpu / series[targets[0]].MedianCpu, "N3"), Number(Series.Median(measured.Rate)));
        }

        return table;
    }

    /// <summary>Compares what so many cores could do: where the load generator shares a core with the server, reviews a second say nothing.</summary>
    private static async Task<MarkdownTable> CoresAsync(LoadOptions options, RoundRunner runner, ReviewFiles files)
    {
        await using var one = await ServedProgram.StartAsync(options, "", cores: 1);
        await using var many = await ServedProgram.StartAsync(options);
        var table = new MarkdownTable("", "µs of CPU on 1 core", $"µs of CPU on {options.Cores}", "capacity ×", "reviews/s on 1 core", $"reviews/s on {options.Cores}");
        var first = LoadTargets.Of(options, one, files.Recorded);
        var second = LoadTargets.Of(options, many, files.Recorded);
        var series = await runner.RunAsync([.. first.Zip(second).SelectMany(pair => new[] { pair.First, pair.Second })]);
        foreach (var (a, b) in first.Zip(second))
        {
            var (alone, together) = (series[a], series[b]);
            table.Add(
                a.Name, Number(alone.MedianCpu), Number(together.MedianCpu), Number(options.Cores * alone.MedianCpu / together.MedianCpu, "N2"),
                Number(Series.Median(alone.Rate)), Number(Series.Median(together.Rate)));
        }

        return table;
    }

    private static string Number(double value, string format = "N0") => MarkdownTable.Number(value, format);
}
