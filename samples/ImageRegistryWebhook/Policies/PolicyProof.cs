namespace ImageRegistryWebhook.Policies;

/// <summary>
/// Proves without an image that each rule of a policy can match, and that no rewritten or pinned image is rewritten again, so that a second decision
/// changes nothing. Two rules are assumed to meet unless the opposite is proven.
/// </summary>
internal sealed class PolicyProof
{
    private readonly Policy _policy;
    private readonly string _file;
    private readonly List<PolicyProblem> _errors;
    private readonly List<PolicyProblem> _warnings;

    private PolicyProof(Policy policy, string file, List<PolicyProblem> errors, List<PolicyProblem> warnings) =>
        (_policy, _file, _errors, _warnings) = (policy, file, errors, warnings);

    public static void Check(Policy policy, string file, List<PolicyProblem> errors, List<PolicyProblem> warnings) =>
        new PolicyProof(policy, file, errors, warnings).Check();

    private void Check()
    {
        for (var index = 0; index < _policy.Rules.Count; index++)
        {
            var rule = _policy.Rules[index];
            if (Unreachable(index) is { } reason)
            {
                _errors.Add(Problem(rule, $"rule \"{rule.Name}\" is unreachable: {reason}"));
            }
            else if ((rule.Target is null || RuleResults.Rewritten(rule, _policy.Pin).All(result => IsStable(rule, result))) && StaysInPlace(rule))
            {
                _ = RuleResults.PinnedInPlace(rule.Match).All(result => IsStable(rule, index, result));
            }
        }

        if (_policy.Pin is not null && _policy.DefaultAllows)
        {
            _ = RuleResults.PinnedInPlace(new RuleMatch()).All(result => IsStable(null, _policy.Rules.Count, result));
        }
    }

    private string? Unreachable(int index)
    {
        var match = _policy.Rules[index].Match;
        if (RuleAlgebra.NeverMatches(match) is { } never)
        {
            return never;
        }

        // Unreachable if earlier rules take each combination of its registries, repositories and tags.
        HashSet<string> takers = [];
        foreach (var part in RuleAlgebra.Parts(match))
        {
            if (Taker(part, index) is not { } taker)
            {
                return null;
            }

            takers.Add(taker.Name);
        }

        return $"{string.Join(" and ", takers.Select(name => $"\"{name}\""))}, which {(takers.Count == 1 ? "is" : "are")} before it, {(takers.Count == 1 ? "takes" : "take")} every image it matches";
    }

    // An earlier rule that matches every image of the part.
    private PolicyRule? Taker(RuleMatch part, int index) => _policy.Rules.Take(index).FirstOrDefault(earlier => RuleAlgebra.Covers(earlier.Match, part));

    // True if images can get a digest and nothing else; with keepSource also images of a rewrite, if the target lacks them.
    private bool StaysInPlace(PolicyRule rule) => _policy.Pin is not null
        && (rule.Action is RuleAction.Allow or RuleAction.Warn || (rule.Action == RuleAction.Rewrite && _policy.Check.Exists == ExistsCheck.KeepSource));

    // Walks the rules with a result of a rewrite, as Decide would. Returns false after an error.
    private bool IsStable(PolicyRule rule, RuleMatch result)
    {
        var target = rule.Target!.Text;
        foreach (var next in _policy.Rules.Where(next => RuleAlgebra.Intersects(next.Match, result)))
        {
            if (next.Action == RuleAction.Rewrite && !IsIdentity(rule, next))
            {
                _errors.Add(Problem(rule, next == rule
                    ? $"rule \"{rule.Name}\" would rewrite its own results again (rules \"{rule.Name}\" and \"{rule.Name}\"): what is at {target} matches it too; put a rule before it that allows {target}"
                    : $"what rule \"{rule.Name}\" rewrites to {target}, rule \"{next.Name}\" would rewrite again to {next.Target!.Text}; put a rule before \"{next.Name}\" that allows {target}"));
                return false;
            }

            if (next.Action == RuleAction.Deny)
            {
                Warn(rule, $"rule \"{next.Name}\" denies what rule \"{rule.Name}\" rewrites to {target}: such pods are changed and then refused");
            }

            if (RuleAlgebra.Covers(next.Match, result))
            {
                return true;
            }
        }

        if (!_policy.DefaultAllows)
        {
            Warn(rule, $"the default denies what rule \"{rule.Name}\" rewrites to {target}: such pods are changed and then refused; add a rule that allows it");
        }

        return true;
    }

    // Walks the rules with an image that a rule, or the default, has only given a digest.
    private bool IsStable(PolicyRule? rule, int index, RuleMatch result)
    {
        var what = rule is null ? "what the default allows" : $"what rule \"{rule.Name}\" matches";
        for (var number = 0; number < _policy.Rules.Count; number++)
        {
            var next = _policy.Rules[number];
            if (!RuleAlgebra.Intersects(next.Match, result) || (number < index && !IsOnlyForDigests(next, index)))
            {
                continue;
            }

            if (next.Action == RuleAction.Rewrite && next != rule)
            {
                _errors.Add(Problem(rule ?? next, $"{what} gets a digest by pin, and then rule \"{next.Name}\" would rewrite it to {next.Target!.Text}; let one rule decide about images with and without a digest"));
                return false;
            }

            if (next.Action == RuleAction.Deny)
            {
                Warn(rule ?? next, $"rule \"{next.Name}\" denies {what} once it has got a digest by pin: such pods are changed and then refused");
            }

            if (RuleAlgebra.Covers(next.Match, result))
            {
                return true;
            }
        }

        if (rule is not null && !_policy.DefaultAllows)
        {
            Warn(rule, $"the default denies {what} once it has got a digest by pin: such pods are changed and then refused; add a rule that allows it");
        }

        return true;
    }

    // True if a rule can match an image with a digest although the same image without one went to the rule at the index.
    private bool IsOnlyForDigests(PolicyRule rule, int index) => rule.Match.Digest == DigestMatch.Present
        && RuleAlgebra.Parts(rule.Match).Any(part => Taker(part with { Digest = DigestMatch.Absent }, index) is null);

    // True if the second rule does not change the results of the first.
    private static bool IsIdentity(PolicyRule rule, PolicyRule next) =>
        next.Target is { Prefix.Length: 0 } target
        && target.Text == (rule.Target!.Prefix.Length == 0 ? rule.Target.Text : rule.Target.Text[..^(rule.Target.Prefix.Length + 1)])
        && next.Path != RewritePath.HostInPath
        && (!target.Host.IsDockerHub || (next.Path == RewritePath.Normalized && rule.Path == RewritePath.Normalized));

    private void Warn(PolicyRule rule, string message)
    {
        if (!_warnings.Exists(warning => warning.Message == message))
        {
            _warnings.Add(Problem(rule, message));
        }
    }

    private PolicyProblem Problem(PolicyRule rule, string message) => new(_file, rule.Line, rule.Column, message);
}
