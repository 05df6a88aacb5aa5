using System.Globalization;
using AdmissionSdk.Cel;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;

namespace AdmissionSdk.CommandLine.Conditions;

/// <summary>Compiles guard policies as the API server would, and finds expressions that surely cost too much.</summary>
internal static class GuardPolicyJudge
{
    private const string StringType = "string";

    /// <summary>Finds everything that the API server would refuse, in sentences that name the webhook and the place.</summary>
    public static IEnumerable<string> FindProblems(WebhookRegistry registry, ManifestOptions target)
    {
        if (!GuardPolicies.AreInstalled(target))
        {
            return [];
        }

        return
            from webhook in registry.Webhooks
            where webhook.HasGuardPolicy
            from problem in Judge(webhook.GuardPolicy!, target.KubeVersion)
            select $"{webhook.Name}: the guard policy's {problem} (Kubernetes {target.KubeVersion}).";
    }

    /// <summary>Finds the problems of one policy, in sentences without their subject.</summary>
    public static IReadOnlyList<string> Judge(GuardPolicy policy, Version kubeVersion)
    {
        List<string> problems = [];
        var environment = CelEnvironment.ForAdmissionPolicies(kubeVersion);
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var variable in policy.Variables)
        {
            if (!names.Add(variable.Name))
            {
                problems.Add($"variable {variable.Name} is there twice");
            }
            else if (Compile($"variable {variable.Name}", environment.CompileAny(variable.Expression), problems) is { } program)
            {
                environment = environment.WithVariable(variable.Name, program);
            }
            else
            {
                // Whatever reads the variable would only repeat the error.
                return problems;
            }
        }

        for (var index = 0; index < policy.Validations.Count; index++)
        {
            var validation = policy.Validations[index];
            Compile($"validation {index + 1}", environment.Compile(validation.Expression), problems);
            if (validation.Message.AsSpan().ContainsAny('\r', '\n'))
            {
                problems.Add($"message {index + 1} has a line break; write the message on one line");
            }

            if (validation.MessageExpression is { } message
                && Compile($"message expression {index + 1}", environment.CompileAny(message), problems) is { ResultType: not StringType and var type })
            {
                problems.Add($"message expression {index + 1} does not compile: must evaluate to string but got {type}");
            }
        }

        return problems;
    }

    private static CelProgram? Compile(string what, CelCompilation compilation, List<string> problems)
    {
        if (compilation.Program is not { } program)
        {
            problems.Add($"{what} does not compile: {string.Join("; ", compilation.Issues.Select(CelConditionJudge.Format))}");
            return null;
        }

        // The least that one evaluation costs: a policy that can never be evaluated denies everything.
        if (program.EstimatedCost.Min > CelProgram.CostLimit)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{what} costs {program.EstimatedCost.Min:N0} at least, and {CelProgram.CostLimit:N0} is the most"));
        }

        return program;
    }
}
