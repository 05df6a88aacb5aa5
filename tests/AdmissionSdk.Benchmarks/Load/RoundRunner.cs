namespace AdmissionSdk.Benchmarks.Load;

/// <summary>Measures targets in alternating rounds, so that a busy neighbour meets all of them alike.</summary>
internal sealed class RoundRunner(LoadOptions options, LoadGenerator generator, ReviewClient client)
{
    private const int Rate = 500;

    public async Task<IReadOnlyDictionary<LoadTarget, Series>> RunAsync(IReadOnlyList<LoadTarget> targets, Func<LoadTarget, int>? requests = null)
    {
        requests ??= _ => options.Requests;
        foreach (var target in targets)
        {
            await client.CheckAsync(target);
            await generator.RunAsync(target, Math.Max(LoadGenerator.Connections, (int)((long)options.WarmUp * requests(target) / options.Requests)));
        }

        var series = targets.ToDictionary(target => target, _ => new Series());
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var target in targets)
            {
                await MeasureAsync(target, series[target], requests(target));
            }

            await Console.Error.WriteLineAsync($"round {round + 1} of {options.Rounds}");
        }

        return series;
    }

    /// <summary>Measures the times at 500 reviews a second.</summary>
    public async Task MeasureLatencyAsync(IReadOnlyDictionary<LoadTarget, Series> series)
    {
        foreach (var (target, measured) in series)
        {
            measured.Latencies = options.LatencySeconds == 0 ? [] : await generator.RunAtAsync(target, Rate, options.LatencySeconds);
        }
    }

    private async Task MeasureAsync(LoadTarget target, Series series, int requests)
    {
        var allocated = target.Allocated is null ? 0 : await client.AllocatedAsync(target.Allocated);
        var before = CpuClock.Of(target.ProcessId);
        series.Rate.Add(await generator.RunAsync(target, requests));
        series.Cpu.Add((CpuClock.Of(target.ProcessId) - before).TotalMicroseconds / requests);
        if (target.Allocated is not null)
        {
            series.Allocated.Add((double)(await client.AllocatedAsync(target.Allocated) - allocated) / requests);
        }
    }
}
