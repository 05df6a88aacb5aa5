using System.Globalization;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Guarding;

/// <summary>
/// Writes an image policy as CEL that the API server judges by itself. The result never allows an image that <see cref="PolicyEngine"/> denies or still wants
/// rewritten; where CEL cannot say the same, the result denies, with a reason that begins with one of <see cref="GuardReasons"/>.
/// </summary>
internal sealed class GuardGenerator(Policy policy)
{
    // Above this the API server's limits for one expression come near.
    private const int MostLocked = 1000;

    private readonly List<string> _notes = [];

    public static GeneratedGuard Generate(Policy policy) => new GuardGenerator(policy).Generate();

    private GeneratedGuard Generate()
    {
        List<(string Name, string Expression)> variables = [("images", PodImagesCel.Expression), .. Facts()];
        List<string> scopes = [.. policy.Rules.Select(rule => RuleCel.Scope(rule.Match) ?? "")];
        for (var index = 0; index < scopes.Count; index++)
        {
            if (scopes[index].Length > 0)
            {
                variables.Add((Scope(index), scopes[index]));
            }
        }

        _notes.Add($"{GuardReasons.Spelling}: denied are registries that CEL cannot compare, which are addresses in brackets, ports with leading zeros, and :443 behind localhost or an IPv4 address.");
        variables.Add(("written", ImagePartsCel.Written));
        variables.Add(("hosts", ImagePartsCel.Hosts));
        variables.Add(("parts", ImagePartsCel.Parts));
        variables.Add(("judged", $"variables.parts.map(m, {{'k': m.k, 'n': m.n, 'i': m.i, 'd': m.d, 'h': m.h, 'r': m.r, 'p': m.p, 't': m.t, 'g': m.g, 'e': m.e,\n  'q': {Finish()}}})"));
        variables.Add(("refusals", $"variables.judged.map(m, {{'k': m.k, 'n': m.n, 'i': m.i, 's':\n  {Verdict()}}}).filter(m, m.s != '')"));
        if (policy.Rules.Where(rule => rule is { Action: RuleAction.Rewrite, GuardByWebhook: false }).Select(rule => rule.Name).ToList() is { Count: > 0 } rewrites)
        {
            _notes.Add($"{GuardReasons.Rewrite}: images that the webhook rewrites are denied as they are written, so that while the webhook is down pods must name the target (rules {string.Join(", ", rewrites)}).");
            if (policy.Check.Exists == ExistsCheck.KeepSource)
            {
                _notes.Add($"{GuardReasons.LookUp}: an image that the target lacks is kept by the webhook after it asked the registry; a policy cannot ask, and denies the image. \"guard: webhook\" at a rule leaves its images to the webhook.");
            }
        }

        return new GeneratedGuard(variables, "variables.refusals.size() == 0", MessageText, _notes, Partial());
    }

    private string? Partial()
    {
        var left = policy.Rules.Where(rule => rule.GuardByWebhook).Select(rule => rule.Name).ToList();
        return left.Count == 0 ? null : $"images of {(left.Count == 1 ? "rule" : "rules")} {string.Join(", ", left)} are left to the webhook (guard: webhook), so that they are allowed while it is down and Ignore is its failurePolicy";
    }

    private IEnumerable<(string Name, string Expression)> Facts()
    {
        var matches = policy.Rules.Select(rule => rule.Match).ToList();
        if (matches.Exists(match => match.Namespaces is not null || match.NotNamespaces is not null))
        {
            yield return ("namespace", "request.?namespace.orValue('')");
        }

        if (matches.Exists(match => match.Users is not null))
        {
            yield return ("user", "request.?userInfo.?username.orValue('')");
        }

        if (matches.Exists(match => match.PodLabels is not null))
        {
            yield return ("podLabels", "object.?metadata.?labels.orValue({})");
        }

        if (matches.Exists(match => match.NamespaceLabels is not null))
        {
            yield return ("namespaceLabels", "namespaceObject.metadata.?labels.orValue({})");
        }

        if (IsLockListed)
        {
            yield return ("locked", CelText.List(policy.Lock.Keys.Order(StringComparer.Ordinal)));
        }
    }

    private bool IsLockListed => policy.Pin is { DenyOnMiss: false } && policy.Lock.Keys.Count is > 0 and <= MostLocked;

    private static string Scope(int index) => string.Create(CultureInfo.InvariantCulture, $"scope{index + 1}");

    // The pin and the requirements on an image that no rule changes; empty if the image meets them.
    private string Finish()
    {
        List<(string Condition, string Reason)> refusals = [];
        if (policy.Pin is { } pin)
        {
            if (pin.DenyOnMiss)
            {
                refusals.Add(("m.g == ''", $"{PolicyRuleNames.Pin}: it has no digest, and the webhook did not add one"));
            }
            else if (IsLockListed)
            {
                refusals.Add(("m.g == '' && (m.r + '/' + m.p + (m.t == '' ? ':latest' : m.t)) in variables.locked", $"{PolicyRuleNames.Pin}: it lacks the digest of the lock file, and the webhook did not add it"));
            }
            else if (policy.Lock.Keys.Count > MostLocked)
            {
                _notes.Add($"{GuardReasons.Lock}: the lock file has more than {MostLocked} images, too many for an expression, so that every image without a digest is denied.");
                refusals.Add(("m.g == ''", GuardReasons.Lock));
            }
        }

        refusals.AddRange(Requirements(tagOnly: false));
        return Chain(refusals, "''");
    }

    /// <summary>The requirements on a final image. A rewrite keeps the tag, and a digest may still be added.</summary>
    private IEnumerable<(string Condition, string Reason)> Requirements(bool tagOnly)
    {
        var require = policy.Require;
        if (require.Digest && !tagOnly)
        {
            yield return ("m.g == ''", $"{PolicyRuleNames.Require}: it has no digest");
        }

        if (require.Tag)
        {
            yield return ("m.t == ''", $"{PolicyRuleNames.Require}: it has no tag");
        }

        if (require.ForbidTags.Count > 0)
        {
            var forbidden = RuleCel.Tags(require.ForbidTags).First();
            yield return (forbidden, $"{PolicyRuleNames.Require}: its tag is forbidden");
            if (!tagOnly && require.ForbidTags.Any(pattern => pattern.Matches("latest")))
            {
                yield return ("m.t == '' && m.g == ''", $"{PolicyRuleNames.Require}: it has no tag, which means latest, and that is forbidden");
            }
        }
    }

    // The first rule that matches decides. A reason, or empty for an image that is allowed.
    private string Verdict()
    {
        List<(string Condition, string Result)> rules = [("m.e != ''", "m.e")];
        for (var index = 0; index < policy.Rules.Count; index++)
        {
            var rule = policy.Rules[index];
            var scope = RuleCel.Scope(rule.Match) is null ? null : $"variables.{Scope(index)}";
            rules.Add((RuleCel.Match(rule.Match, scope), Outcome(rule)));
        }

        var last = policy.DefaultAllows ? "m.q" : CelText.Quote($"{PolicyRuleNames.Default}: no rule allows it");
        return string.Concat(rules.Select(rule => $"{rule.Condition} ? {rule.Result}\n  : ")) + last;
    }

    private string Outcome(PolicyRule rule)
    {
        if (rule.Action == RuleAction.Deny)
        {
            return CelText.Quote($"rule {rule.Name}: {rule.Message ?? "the rule forbids it"}");
        }

        if (rule.Action != RuleAction.Rewrite)
        {
            return "m.q";
        }

        var target = rule.Target!;
        var refused = rule.GuardByWebhook
            ? $"({Chain(Requirements(tagOnly: policy.Pin is not null), "''")})"
            : CelText.Quote($"{GuardReasons.Rewrite} (rule {rule.Name}): the image must come from {target.Text}, and the webhook did not rewrite it");

        // A rewrite that changes only the spelling is none.
        return target.Prefix.Length == 0 && rule.Path != RewritePath.HostInPath
            ? $"(m.d == {CelText.Quote(RuleCel.Domain(target))} ? m.q : {refused})"
            : refused;
    }

    private static string Chain(IEnumerable<(string Condition, string Reason)> refusals, string last) =>
        string.Concat(refusals.Select(refusal => $"{refusal.Condition} ? {CelText.Quote(refusal.Reason)} : ")) + last;

    // Names the first image; a long one by its beginning. A text with a line break is replaced by the fixed message.
    private const string MessageText =
        "variables.refusals.map(m, (m.k == 'v' ? 'volume ' : 'container ') + m.n + ': image ' + (m.i.size() > 255 ? m.i.substring(0, 255) : m.i) + ' is denied: ' + m.s)[0]\n"
        + "+ (variables.refusals.size() > 1 ? '; and ' + string(variables.refusals.size() - 1) + ' more' : '')";
}
