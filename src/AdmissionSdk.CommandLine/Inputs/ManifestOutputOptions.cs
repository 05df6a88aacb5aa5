using System.CommandLine;
using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>The options <c>--write</c> and <c>--diff</c> of a command that changes manifests.</summary>
[Experimental("ADMEXP001")]
public sealed class ManifestOutputOptions
{
    private readonly Option<bool> _write = new("--write") { Description = "Changes the files in place." };
    private readonly Option<bool> _diff = new("--diff") { Description = "Prints what would change." };

    /// <summary>Adds the options to a command, which then refuses both at once.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Add(_write);
        command.Add(_diff);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_write) && result.GetValue(_diff))
            {
                result.AddError("--write and --diff cannot be combined");
            }
        });
    }

    /// <summary>Creates the output that the options ask for; without an option, the output is standard output.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="source">The source of the manifests, which reports files that cannot be written.</param>
    /// <returns>The output.</returns>
    public ManifestOutput CreateOutput(ParseResult parsed, ManifestSource source)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        ArgumentNullException.ThrowIfNull(source);
        return new ManifestOutput(source, parsed.InvocationConfiguration.Output, parsed.GetValue(_write), parsed.GetValue(_diff));
    }
}
