using System.Diagnostics;
using System.Text;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>
/// Runs programs that cannot outlive this process, in a directory that does not either. A small shell waits on a pipe from us;
/// when the pipe closes, because we closed it or because we were killed, it kills the programs and removes the directory.
/// </summary>
internal sealed class ProcessGuard : IAsyncDisposable
{
    // Each line read is the name of a script to start. A program's own process id is in NAME.pid, and once it has ended its
    // exit code is in NAME.exit. Signals that a terminal or a test runner sends to the whole group are left to the pipe.
    private const string Script = """
        trap '' INT HUP TERM
        exec >/dev/null 2>&1
        cd "$1" || exit 1
        started=
        while read -r name; do
          { sh "./$name.sh" </dev/null; echo $? >"$name.exit"; } &
          started="$name $started"
        done
        for name in $started; do
          until [ -s "$name.exit" ]; do
            [ -s "$name.pid" ] && kill -KILL "$(cat "$name.pid")"
            sleep 0.02
          done
        done
        cd / && rm -rf "$1"
        """;

    private readonly Process _shell;

    private ProcessGuard(Process shell, string directory)
    {
        _shell = shell;
        Directory = directory;
    }

    /// <summary>Where the programs' files belong; only this user can read it, and it is removed at the end.</summary>
    public string Directory { get; }

    public static ProcessGuard Start()
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("admission-sdk-").FullName;
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", directory]) { RedirectStandardInput = true };
        return new ProcessGuard(Process.Start(start)!, directory);
    }

    /// <summary>Starts a program; what it prints goes to a file.</summary>
    public async Task RunAsync(string name, string log, string program, IEnumerable<string> arguments)
    {
        var command = new StringBuilder("echo $$ >").Append(name).Append(".pid\nexec");
        foreach (var word in arguments.Prepend(program))
        {
            command.Append(' ').Append(Quote(word));
        }

        command.Append(" >").Append(Quote(log)).Append(" 2>&1\n");
        await File.WriteAllTextAsync(Path.Combine(Directory, name + ".sh"), command.ToString());
        await _shell.StandardInput.WriteAsync(name + "\n");
        await _shell.StandardInput.FlushAsync();
    }

    /// <summary>The exit code of a program that has ended by itself, as text; null while it runs.</summary>
    public string? ExitCode(string name)
    {
        var path = Path.Combine(Directory, name + ".exit");
        var text = File.Exists(path) ? File.ReadAllText(path).Trim() : "";
        return text.Length > 0 ? text : null;
    }

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
