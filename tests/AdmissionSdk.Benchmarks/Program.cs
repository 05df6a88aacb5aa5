using AdmissionSdk.Benchmarks.Load;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace AdmissionSdk.Benchmarks;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["load", .. var options])
        {
            return await LoadCommand.RunAsync(options);
        }

        RunBenchmarks(args);
        return 0;
    }

    private static void RunBenchmarks(string[] args) => BenchmarkSwitcher
        .FromAssembly(typeof(Program).Assembly)
        .Run(
            args,
            ManualConfig.CreateEmpty()
                .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
                .AddDiagnoser(MemoryDiagnoser.Default)
                .AddLogger(ConsoleLogger.Default)
                .AddExporter(MarkdownExporter.GitHub)
                .AddColumnProvider(DefaultColumnProviders.Instance)
                .AddColumn(new PerKilobyteColumn("Time/KB", report => report.ResultStatistics!.Mean / 1000, "0.000 us"))
                .AddColumn(new PerKilobyteColumn("Allocated/KB", report => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0, "0 B")));
}
