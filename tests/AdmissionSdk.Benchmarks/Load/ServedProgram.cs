using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AdmissionSdk.Benchmarks.Load;

/// <summary>A server in a process of its own, on cores of its own.</summary>
internal sealed partial class ServedProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServedProgram(string command, string arguments, string cores, string? quotaGroup)
    {
        // A shell that becomes the program: the process id is then the program's own.
        var enter = quotaGroup is null ? "" : $"echo $$ >{quotaGroup}/cgroup.procs && ";
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("/bin/sh")
            {
                ArgumentList = { "-c", $"{enter}exec taskset -c {cores} {command} {arguments}" },
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
            EnableRaisingEvents = true,
        };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => _address.TrySetException(new LoadException($"{command} ended before it listened:\n{Output}"));
        _process.Start();
        Started = Stopwatch.GetTimestamp();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int ProcessId => _process.Id;

    /// <summary>The address on this machine.</summary>
    public Uri Address { get; private set; } = new("https://127.0.0.1");

    /// <summary>The timestamp of the start of the process.</summary>
    public long Started { get; }

    public TimeSpan Cpu => CpuClock.Of(ProcessId);

    public double ResidentMegabytes => StatusOf("VmRSS") / 1024.0;

    private string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static async Task<ServedProgram> StartAsync(string command, string arguments, string cores, string? quotaGroup = null)
    {
        var program = new ServedProgram(command, arguments, cores, quotaGroup);
        try
        {
            program.Address = await program._address.Task.WaitAsync(Patience);
            return program;
        }
        catch (TimeoutException)
        {
            await program.DisposeAsync();
            throw new LoadException($"{command} did not say within {Patience.TotalMinutes} minutes where it listens:\n{program.Output}");
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    public static Task<ServedProgram> StartAsync(LoadOptions options, string arguments = "", string? quotaGroup = null, int? cores = null)
    {
        var last = ((cores ?? options.Cores) - 1).ToString(CultureInfo.InvariantCulture);
        return options.Program is { } program
            ? StartAsync(program, "", $"0-{last}", quotaGroup)
            : File.Exists(options.Server)
                ? StartAsync(options.Server, $"--stdin true {arguments}", $"0-{last}", quotaGroup)
                : throw new LoadException($"{options.Server} is missing: build tests/AdmissionSdk.LoadServer with -c Release, or give --server.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            _address.TrySetResult(new Uri($"https://127.0.0.1:{match.Groups["port"].Value}"));
        }
    }

    private long StatusOf(string key)
    {
        var line = File.ReadLines($"/proc/{ProcessId}/status").First(line => line.StartsWith(key + ":", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Now listening on: https://.*:(?<port>\d+)")]
    private static partial Regex Listening();
}
