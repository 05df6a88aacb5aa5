namespace ImageRegistryWebhook.Policies;

/// <summary>
/// What is certain about a policy before it meets an image: that each rule can match, and that what a rule rewrites no rule rewrites again, so that
/// deciding twice is deciding once. Where it cannot be proven that two rules never meet, it is assumed that they do.
/// </summary>
internal static class PolicyProof
{
    public static void Check(Policy policy, string file, List<PolicyProblem> errors, List<PolicyProblem> warnings)
    {
        for (var index = 0; index < policy.Rules.Count; index++)
        {
            var rule = policy.Rules[index];
            if (Unreachable(policy.Rules, index) is { } reason)
            {
                errors.Add(Problem(file, rule, $"rule \"{rule.Name}\" is unreachable: {reason}"));
            }
            else if (rule.Target is not null)
            {
                Follow(policy, rule, file, errors, warnings);
            }
        }
    }

    private static string? Unreachable(IReadOnlyList<PolicyRule> rules, int index)
    {
        if (RuleAlgebra.NeverMatches(rules[index].Match) is { } never)
        {
            return never;
        }

        // Each combination of its registries, repositories and tags must be one that an earlier rule takes.
        HashSet<string> takers = [];
        foreach (var part in RuleAlgebra.Parts(rules[index].Match))
        {
            if (rules.Take(index).FirstOrDefault(earlier => RuleAlgebra.Covers(earlier.Match, part)) is not { } taker)
            {
                return null;
            }

            takers.Add(taker.Name);
        }

        return $"{string.Join(" and ", takers.Select(name => $"\"{name}\""))}, which {(takers.Count == 1 ? "is" : "are")} before it, {(takers.Count == 1 ? "takes" : "take")} every image it matches";
    }

    // Walks the rules with the results of a rewrite, as Decide would.
    private static void Follow(Policy policy, PolicyRule rule, string file, List<PolicyProblem> errors, List<PolicyProblem> warnings)
    {
        var results = RuleAlgebra.Results(rule, policy.Pin is not null);
        foreach (var next in policy.Rules)
        {
            var all = results.All(result => RuleAlgebra.Covers(next.Match, result));
            if (!all && !results.Any(result => RuleAlgebra.Intersects(next.Match, result)))
            {
                continue;
            }

            if (next.Action == RuleAction.Rewrite && !IsIdentity(rule, next))
            {
                errors.Add(Problem(file, rule, next == rule
                    ? $"rule \"{rule.Name}\" would rewrite its own results again (rules \"{rule.Name}\" and \"{rule.Name}\"): what is at {rule.Target!.Text} matches it too; put a rule before it that allows {rule.Target.Text}"
                    : $"what rule \"{rule.Name}\" rewrites to {rule.Target!.Text}, rule \"{next.Name}\" would rewrite again to {next.Target!.Text}; put a rule before \"{next.Name}\" that allows {rule.Target.Text}"));
                return;
            }

            if (next.Action == RuleAction.Deny)
            {
                warnings.Add(Problem(file, rule, $"rule \"{next.Name}\" denies what rule \"{rule.Name}\" rewrites to {rule.Target!.Text}: such pods are changed and then refused"));
            }

            if (all)
            {
                return;
            }
        }

        if (!policy.DefaultAllows)
        {
            warnings.Add(Problem(file, rule, $"the default denies what rule \"{rule.Name}\" rewrites to {rule.Target!.Text}: such pods are changed and then refused; add a rule that allows it"));
        }
    }

    // Whether an image that one rule put at its target, the other leaves exactly there.
    private static bool IsIdentity(PolicyRule rule, PolicyRule next) =>
        next.Target is { Prefix.Length: 0 } target
        && target.Text == (rule.Target!.Prefix.Length == 0 ? rule.Target.Text : rule.Target.Text[..^(rule.Target.Prefix.Length + 1)])
        && next.Path != RewritePath.HostInPath
        && (!target.Host.IsDockerHub || (next.Path == RewritePath.Normalized && rule.Path == RewritePath.Normalized));

    private static PolicyProblem Problem(string file, PolicyRule rule, string message) => new(file, rule.Line, rule.Column, message);
}
