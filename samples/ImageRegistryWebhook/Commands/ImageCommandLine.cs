using System.CommandLine;
using System.Text;
using AdmissionSdk.CommandLine.Reports;

namespace ImageRegistryWebhook.Commands;

/// <summary>The commands for build time, which run without a web host.</summary>
internal static class ImageCommandLine
{
    /// <summary>The commands, to be added to a root command.</summary>
    /// <param name="input">A stream in place of standard input; null for the real one.</param>
    public static IReadOnlyList<Command> Create(Stream? input = null) =>
        [ImageCheckCommand.Create(input), ImageRewriteCommand.Create(input), ImagesCommand.Create(input), PolicyCommands.Create()];

    /// <summary>Tests if the arguments are for one of the commands.</summary>
    public static bool Handles(string[] args) => args.Length > 0 && args[0] is "check" or "rewrite" or "images" or "policy";

    /// <summary>Runs a command with the process's own streams.</summary>
    public static int Run(string[] args)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 64 * 1024) { NewLine = "\n" };
        return Run(args, null, output, Console.Error);
    }

    /// <summary>Runs a command.</summary>
    public static int Run(string[] args, Stream? input, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Image policies for manifests.");
        foreach (var command in Create(input))
        {
            root.Add(command);
        }

        // An image may begin with "@", which must not be read as a file of arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count == 0)
        {
            return Invoke(parsed, output, error);
        }

        foreach (var problem in parsed.Errors)
        {
            error.WriteLine($"error: {problem.Message}");
        }

        return ImageExitCodes.BadInput;
    }

    // A defect keeps its stack trace, and ends with neither 0 nor 1.
    private static int Invoke(ParseResult parsed, TextWriter output, TextWriter error)
    {
        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"error: {SafeText.ToLine(exception.Message)}");
            return ImageExitCodes.BadInput;
        }
    }
}
