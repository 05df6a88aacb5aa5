using System.Globalization;
using AdmissionSdk.Cel;
using AdmissionSdk.Registration;

namespace AdmissionSdk.CommandLine.Conditions;

/// <summary>Compiles match conditions as the API server would, and runs them with what is known about every request: the operation and the resource of the rules.</summary>
internal sealed class CelConditionJudge : IConditionJudge
{
    // An estimate that is a fraction of the largest number comes from a text without a bound.
    private const ulong Unbounded = 100_000_000_000_000_000;

    private static readonly Version KnowsConditions = new(1, 28);

    public IReadOnlyList<ConditionFlaw> Judge(WebhookDescriptor webhook, Version kubeVersion)
    {
        if (webhook.MatchConditions.Count == 0 || kubeVersion < KnowsConditions)
        {
            return [];
        }

        var environment = CelEnvironment.ForMatchConditions(kubeVersion);
        List<ConditionFlaw> flaws = [];
        List<CelProgram> programs = [];
        foreach (var condition in webhook.MatchConditions)
        {
            var compilation = environment.Compile(condition.Expression);
            if (compilation.Program is { } program)
            {
                programs.Add(program);
                flaws.AddRange(Judge(webhook, condition.Name, program));
            }
            else
            {
                flaws.Add(new ConditionFlaw(ConditionFlawKind.Refused, $"{condition.Name} does not compile: {string.Join("; ", compilation.Issues.Select(Format))}"));
            }
        }

        if (JudgeSum(programs) is { } sum)
        {
            flaws.Add(new ConditionFlaw(ConditionFlawKind.Costly, $"{webhook.MatchConditions[^1].Name} and those before may cost {Number(sum)} together, and {Number(CelMatchConditions.CostLimit)} is the most"));
        }

        return flaws;
    }

    /// <summary>Finds expressions that the API server would refuse, in sentences that name the webhook and the place.</summary>
    public IEnumerable<string> FindProblems(IEnumerable<WebhookDescriptor> webhooks, Version kubeVersion) =>
        from webhook in webhooks
        from flaw in Judge(webhook, kubeVersion)
        where flaw.Kind == ConditionFlawKind.Refused
        select $"{webhook.Name}: the match condition {flaw.Message} (Kubernetes {kubeVersion}).";

    private static IEnumerable<ConditionFlaw> Judge(WebhookDescriptor webhook, string name, CelProgram program)
    {
        List<bool?> values = [.. ConditionRequest.FindAll(webhook).Select(request => Value(program.Evaluate(request)))];
        if (values.Count > 0 && values.TrueForAll(value => value == true))
        {
            yield return new ConditionFlaw(ConditionFlawKind.AlwaysTrue, $"{name} is true for every request that the rules let through");
        }
        else if (values.Count > 0 && values.TrueForAll(value => value == false))
        {
            yield return new ConditionFlaw(ConditionFlawKind.NeverTrue, $"{name} is false for every request that the rules let through");
        }

        if (MostKnown(program) is > CelProgram.CostLimit and var most)
        {
            yield return new ConditionFlaw(ConditionFlawKind.Costly, $"{name} may cost {Number(most)}, and {Number(CelProgram.CostLimit)} is the most");
        }
    }

    // Questions to the authorizer have a rule of their own (ADM1021).
    private static long? JudgeSum(List<CelProgram> programs)
    {
        var sum = programs.Sum(program => Math.Min(MostKnown(program), CelProgram.CostLimit));
        return sum > CelMatchConditions.CostLimit ? sum : null;
    }

    // The most that the text tells; the least if nothing bounds a loop or a text.
    private static long MostKnown(CelProgram program)
    {
        var (least, most) = (program.EstimatedCost.Min, program.EstimatedCost.Max);
        return program.Variables.Contains("authorizer") ? 0 : (long)Math.Min(most >= Unbounded ? least : most, Unbounded);
    }

    private static bool? Value(CelResult result) => result.Value is { } value && value.TryGetBoolean(out var holds) ? holds : null;

    internal static string Format(CelIssue issue) =>
        issue.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"line {issue.Line}, column {issue.Column}: {issue.Message}") : issue.Message;

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
