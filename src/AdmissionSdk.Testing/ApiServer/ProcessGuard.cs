using System.Diagnostics;
using System.Text;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>
/// Runs programs that cannot outlive this process, in a directory that cannot either. A small shell waits on a pipe from this process.
/// When the pipe closes, by disposal or because this process was killed, the shell kills the programs and removes the directory.
/// </summary>
internal sealed class ProcessGuard : IAsyncDisposable
{
    // Lines read are names of scripts to start. A program's process id is in NAME.pid, and after the program's end the
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

    /// <summary>The directory of the programs' files. Only this user can read the directory, which is removed at the end.</summary>
    public string Directory { get; }

    public static ProcessGuard Start()
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("admission-sdk-").FullName;
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", directory]) { RedirectStandardInput = true };
        return new ProcessGuard(Process.Start(start)!, directory);
    }

    /// <summary>Starts a program. The program's output goes to a file.</summary>
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

    /// <summary>Reads the exit code of a program that has ended by itself, as text; null while the program runs.</summary>
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
