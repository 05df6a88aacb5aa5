using System.CommandLine;
using AdmissionSdk.CommandLine.Reports;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Commands;

/// <summary>The commands <c>policy validate</c> and <c>policy explain</c>.</summary>
internal static class PolicyCommands
{
    public static Command Create() => new("policy", "Validates or explains a policy.") { Validate(), Explain() };

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
                error.WriteLine("error: the policy file is missing; name it: policy validate FILE");
                return ImageExitCodes.BadInput;
            }

            if (PolicySource.Read(path, error) is not { } engine)
            {
                return ImageExitCodes.BadInput;
            }

            output.WriteLine($"{path}: {engine.Policy.Rules.Count} rules, valid");
            return ImageExitCodes.Clean;
        });
        return command;
    }

    private static Command Explain()
    {
        var image = new Argument<string>("image") { Description = "An image as it would be in a pod." };
        var policy = new Option<string>("--policy") { Description = "The policy file.", Required = true };
        var inNamespace = new Option<string>("--namespace", "-n") { Description = "The pod's namespace.", DefaultValueFactory = _ => "default" };
        var namespaceLabels = new Option<string[]>("--namespace-label") { Description = "A label key=value of the namespace; can be repeated." };
        var podLabels = new Option<string[]>("--pod-label") { Description = "A label key=value of the pod; can be repeated." };
        var container = new Option<string>("--container") { Description = "The container's name." };
        var user = new Option<string>("--user") { Description = "The user who creates the pod." };
        var command = new Command("explain", "Shows the rule that decides about an image, the steps to it, and the decision.") { image, policy, inNamespace, namespaceLabels, podLabels, container, user };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            if (PolicySource.Read(parsed.GetValue(policy)!, parsed.InvocationConfiguration.Error) is not { } engine)
            {
                return ImageExitCodes.BadInput;
            }

            List<string> trace = [];
            var context = new ImageContext(parsed.GetValue(image)!)
            {
                Namespace = parsed.GetValue(inNamespace),
                NamespaceLabels = InputOptions.Labels(parsed.GetValue(namespaceLabels)),
                PodLabels = InputOptions.Labels(parsed.GetValue(podLabels)) ?? new Dictionary<string, string>(),
                Container = parsed.GetValue(container),
                User = parsed.GetValue(user),
            };
            var decision = engine.Decide(context, trace);
            trace.AddRange(GuardExplanation.Explain(engine.Policy, context, decision));
            trace.ForEach(step => output.WriteLine(SafeText.ToLogLine(step)));
            output.WriteLine(SafeText.ToLine($"=> {decision.Action.ToString().ToLowerInvariant()} (rule {decision.Rule}): {decision.Message}"));
            return decision.Action switch { ImageAction.Deny => ImageExitCodes.Violations, ImageAction.Unknown => ImageExitCodes.BadInput, _ => ImageExitCodes.Clean };
        });
        return command;
    }
}
