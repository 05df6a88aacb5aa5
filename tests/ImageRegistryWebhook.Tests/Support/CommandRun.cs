using System.Text;
using ImageRegistryWebhook.Commands;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>Runs a command in a directory of its own.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("images-").FullName;

    public string Path(string name) => System.IO.Path.Combine(_directory, name);

    public string Write(string name, string text)
    {
        var path = Path(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs a command.</summary>
    /// <returns>The exit code and the output, without the directory's name.</returns>
    public (int Code, string Output, string Error) Run(string? input, params string[] args)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(input ?? ""));
        var code = ImageCommandLine.Run(args, stream, output, error);
        return (code, Clean(output), Clean(error));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Clean(StringWriter writer) => writer.ToString().Replace(_directory + "/", "", StringComparison.Ordinal);
}
