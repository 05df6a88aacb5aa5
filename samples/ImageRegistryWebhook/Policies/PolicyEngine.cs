using AdmissionSdk.CommandLine.Reports;
using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Policies;

/// <summary>
/// Decides about images, by the same function in the mutator, in the guard and at build time. Has no state and asks no registry. The order: the first rule
/// that matches (else the default), the rewrite, the check of the target, the digest, and the requirements on the final image.
/// </summary>
internal sealed class PolicyEngine(Policy policy)
{
    private const string ImplicitTag = "latest";

    // A DNS name, a port, a path, a tag and a digest need less than 800 characters.
    private const int LongestImage = 1024;

    private readonly LookupTerms _terms = LookupTerms.Of(policy);

    public Policy Policy { get; } = policy;

    /// <summary>True if some decisions depend on the labels of namespaces.</summary>
    public bool NeedsNamespaceLabels { get; } = policy.Rules.Any(rule => rule.Match.NamespaceLabels is not null);

    /// <summary>Decides about one image.</summary>
    /// <param name="context">The image and its context.</param>
    /// <param name="trace">A list that gets a line for every step, in order; null for none.</param>
    public ImageDecision Decide(ImageContext context, ICollection<string>? trace = null)
    {
        var error = $"it is longer than {LongestImage} characters";
        if (context.Image.Length > LongestImage || !ImageReference.TryParse(context.Image, out var image, out error))
        {
            var refusal = $"{SafeText.Quote(RuleMatch.Clip(context.Image))} is not an image reference: {error}";
            trace?.Add(refusal);
            return new ImageDecision(ImageAction.Deny, PolicyRuleNames.Invalid, context.Image, refusal);
        }

        if (image.IsImageId)
        {
            var reason = $"\"{context.Image}\" is the id of an image on the node, which may be from any registry; name the image";
            trace?.Add(reason);
            return new ImageDecision(ImageAction.Deny, PolicyRuleNames.Invalid, context.Image, reason) { Reference = image };
        }

        trace?.Add($"{context.Image} is {image.Normalized}");
        for (var index = 0; index < Policy.Rules.Count; index++)
        {
            var rule = Policy.Rules[index];
            if (rule.Match.Mismatch(image, context) is { } mismatch)
            {
                trace?.Add($"rule {rule.Name}: no match, {mismatch}");
            }
            else if (rule.Match.NeedsNamespaceLabels(context))
            {
                trace?.Add($"rule {rule.Name}: cannot be decided, the labels of the namespace are not known");
                return new ImageDecision(
                    ImageAction.Unknown,
                    rule.Name,
                    context.Image,
                    $"rule {rule.Name} cannot be decided for {context.Image}: the labels of namespace \"{RuleMatch.Clip(context.Namespace ?? "")}\" are not known")
                { Reference = image };
            }
            else
            {
                trace?.Add($"rule {rule.Name}: matches, {Text(rule)}");
                return Apply(new ImageCase(context, image, rule, index), trace);
            }
        }

        trace?.Add($"no rule matches: {(Policy.DefaultAllows ? "allowed" : "denied")} by default");
        return Policy.DefaultAllows
            ? Finish(new ImageCase(context, image, null, Policy.Rules.Count), image, [], trace)
            : new ImageDecision(ImageAction.Deny, PolicyRuleNames.Default, context.Image, $"{context.Image} is denied: {NoRule(image)}") { Reference = image };
    }

    // Names the registry as not allowed, or only its image.
    private string NoRule(ImageReference image) =>
        Policy.Rules.Any(rule => rule.Action != RuleAction.Deny && rule.Match.Registries?.Any(pattern => pattern.Matches(image)) == true)
        ? $"no rule for images of {image.Host} allows it"
        : $"no rule allows images of {image.Host}";

    private static string Text(PolicyRule rule) => rule.Action == RuleAction.Rewrite
        ? $"rewrite to {rule.Target!.Text} ({rule.Path})"
        : rule.Action.ToString().ToLowerInvariant();

    private ImageDecision Apply(ImageCase at, ICollection<string>? trace)
    {
        var rule = at.Rule!;
        return rule.Action switch
        {
            RuleAction.Deny => Deny(at, rule.Name, rule.Message ?? $"rule {rule.Name} forbids it"),
            RuleAction.Warn => Finish(at, at.Image, [$"{at.Context.Image}: {rule.Message ?? $"rule {rule.Name} advises against it"}"], trace),
            RuleAction.Rewrite => Rewrite(at, trace),
            _ => Finish(at, at.Image, [], trace),
        };
    }

    private ImageDecision Rewrite(ImageCase at, ICollection<string>? trace)
    {
        var rewritten = at.Rule!.Target!.Rewrite(at.Image, at.Rule.Path);
        if (!ImageReference.TryParse(rewritten, out var final, out var error))
        {
            trace?.Add($"{rewritten} is not an image reference: {error}");
            return Deny(at, at.Rule.Name, $"rule {at.Rule.Name} would rewrite it to {rewritten}, which is not an image reference: {error}");
        }

        trace?.Add($"rewritten to {rewritten}");
        if (final.Normalized == at.Image.Normalized)
        {
            return Finish(at, at.Image, [], trace);
        }

        if (Policy.Check.Exists == ExistsCheck.Off || at.Context.Facts.Existence is Existence.Present or Existence.NotChecked)
        {
            return Finish(at, final, [], trace);
        }

        trace?.Add($"check: {rewritten} is {at.Context.Facts.Existence} at the target");
        var unknown = $"it could not be found out whether {final.Host} has {rewritten}";
        return at.Context.Facts.Existence switch
        {
            Existence.Unasked => Finish(at, final, [], trace) with { Question = new RegistryQuestion(RegistryQuestionKind.Existence, rewritten, _terms) },
            Existence.Absent => Absent(at, final, trace),
            _ when Policy.Check.Exists == ExistsCheck.Deny => new ImageDecision(
                ImageAction.Unknown, PolicyRuleNames.Check, at.Context.Image, $"{at.Context.Image}: {unknown}")
            { Reference = at.Image },
            // A registry that is down does not prevent the rewrite.
            _ => Finish(at, final, [unknown], trace) with { Unknown = Policy.Check.Exists == ExistsCheck.KeepSource ? unknown : null },
        };
    }

    private ImageDecision Absent(ImageCase at, ImageReference final, ICollection<string>? trace) => Policy.Check.Exists switch
    {
        ExistsCheck.Deny => Deny(at, PolicyRuleNames.Check, $"{final.Host} does not have {final.Original}"),
        ExistsCheck.KeepSource => Finish(at, at.Image, [$"{at.Context.Image} is kept: {final.Host} does not have {final.Original}"], trace),
        _ => Finish(at, final, [$"{final.Host} does not have {final.Original}"], trace),
    };

    // The registry is final; next the digest and the requirements.
    private ImageDecision Finish(ImageCase at, ImageReference final, IReadOnlyList<string> warnings, ICollection<string>? trace)
    {
        RegistryQuestion? question = null;
        if (Policy.Pin is { } pin && final.Digest is null)
        {
            var digest = Policy.Lock.Find(final, at.Image);
            if (digest is null && pin.RegistryLookup && !at.Context.Facts.DigestAsked)
            {
                question = new RegistryQuestion(RegistryQuestionKind.Digest, final.Original, _terms);
            }

            digest ??= pin.RegistryLookup ? at.Context.Facts.Digest : null;
            trace?.Add(digest is null ? "pin: no digest is known" : $"pin: {digest}");
            if (digest is not null && ImageReference.TryParse($"{final.Original}@{digest}", out var pinned, out _))
            {
                final = pinned;
            }
            else if (pin.DenyOnMiss && question is null)
            {
                return Deny(at, PolicyRuleNames.Pin, $"no digest is known for {final.Original}");
            }
        }

        if (question is null && Violation(final) is { } violation)
        {
            trace?.Add($"require: {violation}");
            return Deny(at, PolicyRuleNames.Require, violation);
        }

        var changed = final.Original != at.Context.Image;
        var name = at.Rule?.Name ?? PolicyRuleNames.Default;
        var action = changed ? ImageAction.Rewrite : warnings.Count > 0 ? ImageAction.Warn : ImageAction.Allow;
        var message = changed ? $"{at.Context.Image} is pulled as {final.Original} (rule {name})"
            : warnings.Count > 0 ? $"{string.Join("; ", warnings)} (rule {name})"
            : $"{at.Context.Image} is allowed (rule {name})";
        return new ImageDecision(action, name, final.Original, message)
        {
            Reference = at.Image,
            Warnings = warnings,
            ImagePullSecrets = changed && at.Rule?.Target is { } target && final.Host == target.Host ? at.Rule.ImagePullSecrets : [],
            Question = question,
        };
    }

    private string? Violation(ImageReference final)
    {
        var tag = final.Tag ?? (final.Digest is null ? ImplicitTag : null);
        return Policy.Require.Digest && final.Digest is null ? $"{final.Original} has no digest, and the policy requires one"
            : Policy.Require.Tag && final.Tag is null ? $"{final.Original} has no tag, and the policy requires one"
            : tag is not null && Policy.Require.ForbidTags.Any(pattern => pattern.Matches(tag))
                ? $"{final.Original} {(final.Tag is null ? $"has no tag, which means {ImplicitTag}" : $"has the tag {tag}")}, and the policy forbids that"
            : null;
    }

    private ImageDecision Deny(ImageCase at, string decidedBy, string reason)
    {
        var alternative = Alternative(at);
        return new ImageDecision(
            ImageAction.Deny, decidedBy, at.Context.Image, $"{at.Context.Image} is denied: {reason}{(alternative is null ? "" : $"; use {alternative} instead")}")
        {
            Reference = at.Image,
            Alternative = alternative,
        };
    }

    // The image after the next rule that matches, if that rule rewrites.
    private string? Alternative(ImageCase at)
    {
        foreach (var rule in Policy.Rules.Skip(at.Index + 1))
        {
            if (rule.Match.Mismatch(at.Image, at.Context) is null && !rule.Match.NeedsNamespaceLabels(at.Context))
            {
                var rewritten = rule.Target?.Rewrite(at.Image, rule.Path);
                return rewritten is not null && ImageReference.TryParse(rewritten, out var final, out _) && Violation(final) is null ? rewritten : null;
            }
        }

        return null;
    }
}
