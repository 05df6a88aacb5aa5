using System.CommandLine;
using AdmissionSdk.CommandLine.Reports;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Commands;

/// <summary><c>policy validate</c> and <c>policy explain</c>.</summary>
internal static class PolicyCommands
{
    public static Command Create() => new("policy", "Looks at a policy.") { Validate(), Explain() };

    private static Command Validate()
    {
        var file = new Argument<string?>("file") { Description = "The policy file.", Arity = ArgumentArity.ZeroOrOne };
        var option = new Option<string>("--policy") { Description = "The policy file." };
        var command = new Command("validate", "Reads a policy and proves that its rules can be reached and its results are stable.") { file, option };
        command.SetAction(parsed =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            if ((parsed.GetValue(file) ?? parsed.GetValue(option)) is not { } path)
            {
                error.WriteLine("error: which policy file?");
                return ExitCodes.BadInput;
            }

            if (PolicySource.Read(path, error) is not { } engine)
            {
                return ExitCodes.BadInput;
            }

            output.WriteLine($"{path}: {engine.Policy.Rules.Count} rules, valid");
            return ExitCodes.Clean;
        });
        return command;
    }

    private static Command Explain()
    {
        var image = new Argument<string>("image") { Description = "An image as it would be in a pod." };
        var policy = new Option<string>("--policy") { Description = "The policy file.", Required = true };
        var space = new Option<string>("--namespace", "-n") { Description = "The pod's namespace.", DefaultValueFactory = _ => "default" };
        var spaceLabels = new Option<string[]>("--namespace-label") { Description = "A label key=value of the namespace; can be repeated." };
        var podLabels = new Option<string[]>("--pod-label") { Description = "A label key=value of the pod; can be repeated." };
        var container = new Option<string>("--container") { Description = "The container's name." };
        var user = new Option<string>("--user") { Description = "Who creates the pod." };
        var command = new Command("explain", "Tells which rule decides about an image, why, and what comes of it.") { image, policy, space, spaceLabels, podLabels, container, user };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            if (PolicySource.Read(parsed.GetValue(policy)!, parsed.InvocationConfiguration.Error) is not { } engine)
            {
                return ExitCodes.BadInput;
            }

            List<string> trace = [];
            var decision = engine.Decide(
                new ImageContext(parsed.GetValue(image)!)
                {
                    Namespace = parsed.GetValue(space),
                    NamespaceLabels = InputOptions.Labels(parsed.GetValue(spaceLabels)),
                    PodLabels = InputOptions.Labels(parsed.GetValue(podLabels)) ?? new Dictionary<string, string>(),
                    Container = parsed.GetValue(container),
                    User = parsed.GetValue(user),
                },
                trace);
            trace.ForEach(step => output.WriteLine(SafeText.ToLogLine(step)));
            output.WriteLine(SafeText.ToLine($"=> {decision.Action.ToString().ToLowerInvariant()} (rule {decision.Rule}): {decision.Message}"));
            return decision.Action is ImageAction.Deny or ImageAction.Unknown ? ExitCodes.Violations : ExitCodes.Clean;
        });
        return command;
    }
}
