using System.CommandLine;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.CommandLine.Trying;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>The options of <c>try</c>: what a manifest does not say of its request.</summary>
internal sealed class TryOptions
{
    private readonly Option<string> _operation = new("--operation") { Description = "create, update, delete or connect. Default: connect for the options of exec and the like, update with --old and for subresources, else create.", HelpName = "NAME" };
    private readonly Option<string> _old = new("--old") { Description = "A file with the object as it is stored, for an update. Default: the manifest itself.", HelpName = "FILE" };
    private readonly Option<string> _resource = new("--resource") { Description = "The resource, such as apps/v1/deployments/scale or v1/pods. Default: the manifest's kind.", HelpName = "NAME" };
    private readonly Option<string> _name = new("--name") { Description = "The object's name, for objects without one, such as PodExecOptions.", HelpName = "NAME" };
    private readonly Option<string> _namespace = new("--namespace", "-n") { Description = "The namespace of an object without one. Default: default.", HelpName = "NAME", DefaultValueFactory = _ => "default" };
    private readonly Option<string> _user = new("--user") { Description = "The user who asks. Default: admission-sdk:try.", HelpName = "NAME", DefaultValueFactory = _ => "admission-sdk:try" };
    private readonly Option<string[]> _groups = new("--group") { Description = "A group of the user, besides system:authenticated; can be repeated.", HelpName = "NAME" };
    private readonly Option<string> _save = new("--save") { Description = "Also writes the review to a file, and prints the curl command that posts it to the running application.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _operation, _old, _resource, _name, _namespace, _user, _groups, _save })
        {
            command.Add(option);
        }
    }

    public TrialFacts ReadFacts(ParseResult parsed) => new()
    {
        Namespace = parsed.GetValue(_namespace)!,
        User = parsed.GetValue(_user)!,
        Groups = ["system:authenticated", .. parsed.GetValue(_groups) ?? []],
        Operation = ReadOperation(parsed.GetValue(_operation)),
        Resource = parsed.GetValue(_resource),
        Name = parsed.GetValue(_name),
    };

    public ManifestObject? ReadStored(ParseResult parsed, Func<string, ManifestObject> read) => parsed.GetValue(_old) is { } file ? read(file) : null;

    public async Task SaveAsync(ParseResult parsed, TrialReview review, string address, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_save) is { } file)
        {
            await File.WriteAllBytesAsync(file, review.Bytes, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"\ncurl -k -H 'Content-Type: application/json' --data-binary @{file} '{address}'");
        }
    }

    private static Operation? ReadOperation(string? text) => text?.ToLowerInvariant() switch
    {
        null => null,
        "create" => Operation.Create,
        "update" => Operation.Update,
        "delete" => Operation.Delete,
        "connect" => Operation.Connect,
        _ => throw new CommandException($"--operation {SafeText.Quote(text)} is not an operation: create, update, delete or connect."),
    };
}
