using System.Globalization;

namespace AdmissionSdk.Benchmarks.Load;

/// <summary>The options of the commands <c>load</c> and <c>start</c>.</summary>
internal sealed class LoadOptions
{
    public const string Usage = """
        AdmissionSdk.Benchmarks load [options]      processor time, throughput, latency and memory of reviews
          --rounds N         alternating rounds, of which the median is taken (5)
          --requests N       reviews of each target in a round (4000)
          --warm-up N        reviews of each target before the first round (6000)
          --latency N        seconds at 500 reviews a second, 0 for none (5)
          --only NAME        one target, beside the ceiling; may be given again
          --size 1MB         reviews of this size against those of 10 KB: the cost for each byte
          --webhooks N       N typed mutators in one host against one
          --cores N          cores of the server, from the first on (1)
          --client-core N    the core of the load generator (the last)
          --cold             fresh processes: the first 100, 1,000 and 2,000 reviews
          --soak N           fresh processes: resident memory idle and after N reviews
          --server PATH      a published AdmissionSdk.LoadServer (the built one)
          --program COMMAND  another program that says where it listens, with --path
          --path PATH        the path of the webhook of --program (/mutate)
          --peer URL --peer-pid PID [--peer-name NAME]   a webhook that runs already

        AdmissionSdk.Benchmarks start [options]     from exec to the first answered review
          --starts N         number of starts (20)
          --cpu CORES        such as 0.1: a quota of processor time, which needs root and cgroup v1
          --server, --program, --path, --only as above
        """;

    public int Rounds { get; private set; } = 5;

    public int Requests { get; private set; } = 4000;

    public int WarmUp { get; private set; } = 6000;

    public int LatencySeconds { get; private set; } = 5;

    public List<string> Only { get; } = [];

    public int? Size { get; private set; }

    public int Webhooks { get; private set; }

    public int Cores { get; private set; } = 1;

    public int ClientCore { get; private set; } = Environment.ProcessorCount - 1;

    public bool Cold { get; private set; }

    public int Soak { get; private set; }

    public string Server { get; private set; } =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../AdmissionSdk.LoadServer/release/AdmissionSdk.LoadServer"));

    public string? Program { get; private set; }

    public string ProgramPath { get; private set; } = "/mutate";

    public Uri? Peer { get; private set; }

    public int PeerPid { get; private set; }

    public string PeerName { get; private set; } = "peer";

    public int Starts { get; private set; } = 20;

    public double? Cpu { get; private set; }

    /// <exception cref="LoadException">An option is unknown, or its value is wrong.</exception>
    public static LoadOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new LoadOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            if (name == "--cold")
            {
                options.Cold = true;
                continue;
            }

            i++;
            options.Set(name, () => i < arguments.Count ? arguments[i] : throw new LoadException($"{name} needs a value."));
        }

        return (options.Peer is null) == (options.PeerPid == 0)
            ? options
            : throw new LoadException("--peer and --peer-pid go together: the processor time is that of the process.");
    }

    private void Set(string name, Func<string> value)
    {
        switch (name)
        {
            case "--rounds": Rounds = Number(name, value(), 1); break;
            case "--requests": Requests = Number(name, value(), 16); break;
            case "--warm-up": WarmUp = Number(name, value(), 16); break;
            case "--latency": LatencySeconds = Number(name, value(), 0); break;
            case "--only": Only.Add(value()); break;
            case "--size": Size = Bytes(name, value()); break;
            case "--webhooks": Webhooks = Number(name, value(), 2); break;
            case "--cores": Cores = Number(name, value(), 1); break;
            case "--client-core": ClientCore = Number(name, value(), 0); break;
            case "--soak": Soak = Number(name, value(), 16); break;
            case "--server": Server = Path.GetFullPath(value()); break;
            case "--program": Program = value(); break;
            case "--path": ProgramPath = value(); break;
            case "--peer": Peer = Url(name, value()); break;
            case "--peer-pid": PeerPid = Number(name, value(), 1); break;
            case "--peer-name": PeerName = value(); break;
            case "--starts": Starts = Number(name, value(), 1); break;
            case "--cpu": Cpu = Share(name, value()); break;
            default: throw new LoadException($"{name} is not an option.\n\n{Usage}");
        }
    }

    private static int Number(string name, string value, int least) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new LoadException($"{name} {value}: give a whole number of at least {least}.");

    private static double Share(string name, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is >= 0.01 and <= 64
            ? share
            : throw new LoadException($"{name} {value}: give a number of cores from 0.01 to 64.");

    private static int Bytes(string name, string value)
    {
        var unit = value.EndsWith("MB", StringComparison.Ordinal) ? 1024 * 1024 : value.EndsWith("KB", StringComparison.Ordinal) ? 1024 : 0;
        return unit > 0 && int.TryParse(value[..^2], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && (long)number * unit <= 2 * 1024 * 1024
            ? number * unit
            : throw new LoadException($"{name} {value}: give a size such as 100KB or 1MB, of at most 2MB.");
    }

    private static Uri Url(string name, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
            ? url
            : throw new LoadException($"{name} {value}: give an https address.");
}
