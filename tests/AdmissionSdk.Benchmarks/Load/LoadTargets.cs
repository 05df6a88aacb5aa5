using System.Globalization;

namespace AdmissionSdk.Benchmarks.Load;

/// <summary>The endpoints of AdmissionSdk.LoadServer.</summary>
internal static class LoadTargets
{
    public const string Ceiling = "ceiling";

    private static readonly (string Name, int Operations)[] Usual =
        [(Ceiling, 0), ("metadata-validator", 0), ("typed-validator", 0), ("context-patch", 5), ("typed-mutator", 5), ("json-mutator", 5)];

    private static readonly (string Name, int Operations)[] Edits = [("typed-no-edit", 0), ("typed-one-field", 1), ("typed-insert", 1)];

    /// <summary>The names of the usual endpoints, or those that <c>--only</c> names and the ceiling.</summary>
    public static IReadOnlyList<string> Names(LoadOptions options) => [.. Chosen(options).Select(target => target.Name)];

    public static IReadOnlyList<LoadTarget> Of(LoadOptions options, ServedProgram server, string body) =>
        [.. Chosen(options).Select(target => Create(target.Name, server, body, [target.Name], target.Operations))];

    /// <summary>Typed mutators, which take turns.</summary>
    public static LoadTarget Many(int count, ServedProgram server, string body) =>
        Create(
            count == 1 ? "1 webhook" : $"{count} webhooks", server, body,
            [.. Enumerable.Range(0, count).Select(i => $"typed-{i.ToString(CultureInfo.InvariantCulture)}")], 5);

    /// <summary>The webhook of another program.</summary>
    public static LoadTarget OfProgram(LoadOptions options, ServedProgram program, string body) =>
        new(options.ProgramPath, [new Uri(program.Address, options.ProgramPath)], program.ProcessId, body);

    private static IEnumerable<(string Name, int Operations)> Chosen(LoadOptions options)
    {
        (string Name, int Operations)[] all = [.. Usual, .. Edits];
        var unknown = options.Only.Except(all.Select(target => target.Name)).FirstOrDefault();
        return unknown is not null
            ? throw new LoadException($"--only {unknown}: give one of {string.Join(", ", all.Select(target => target.Name))}.")
            : options.Only.Count > 0 ? all.Where(target => target.Name == Ceiling || options.Only.Contains(target.Name))
            : options.Size is null ? Usual : all;
    }

    private static LoadTarget Create(string name, ServedProgram server, string body, string[] paths, int operations) =>
        new(name, [.. paths.Select(path => new Uri(server.Address, path))], server.ProcessId, body)
        {
            Allocated = new Uri(server.Address, "allocated"),
            Operations = operations,
        };
}
