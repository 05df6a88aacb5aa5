using System.Reflection.PortableExecutable;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Benchmarks.Load;

/// <summary>Describes how a program was built: a figure of a cold process says nothing without.</summary>
internal static class Publication
{
    private static readonly string[] Interesting = ["System.Runtime.TieredPGO", "System.Runtime.TieredCompilation.QuickJitForLoops", "System.GC.Server", "System.GC.Concurrent", "System.GC.ConserveMemory"];

    /// <param name="command">The command that starts the program: a path, maybe with arguments.</param>
    public static string Describe(string command)
    {
        var program = command.Split(' ').FirstOrDefault(word => word.Contains('/') && File.Exists(word));
        if (program is null)
        {
            return $"{command}: unknown.";
        }

        var runtimeConfig = program + ".runtimeconfig.json";
        if (!File.Exists(runtimeConfig))
        {
            return $"{Path.GetFileName(program)}: native.";
        }

        var ahead = Directory.GetFiles(Path.GetDirectoryName(program)!, "*.dll").Where(IsCompiledAhead).Select(Path.GetFileNameWithoutExtension).Order().ToArray();
        var properties = JsonNode.Parse(File.ReadAllText(runtimeConfig))!["runtimeOptions"]!["configProperties"]!;
        var settings = Interesting.Where(name => properties[name] is not null).Select(name => $"{name}={properties[name]!.ToJsonString()}");
        return $"{Path.GetFileName(program)}: compiled ahead: {(ahead.Length == 0 ? "nothing" : string.Join(", ", ahead))}; {string.Join(", ", settings)}.";
    }

    private static bool IsCompiledAhead(string file)
    {
        using var reader = new PEReader(File.OpenRead(file));
        return reader.PEHeaders.CorHeader is { ManagedNativeHeaderDirectory.Size: > 0 };
    }
}
