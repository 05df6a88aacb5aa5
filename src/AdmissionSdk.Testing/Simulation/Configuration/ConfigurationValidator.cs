using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;
using k8s.Models;

namespace AdmissionSdk.Testing.Simulation.Configuration;

/// <summary>The API server's checks of a new webhook configuration (contract 19.2–19.9). Every violation is reported.</summary>
internal sealed class ConfigurationValidator(string configuration, bool mutating, ConditionCompiler compiler)
{
    private readonly List<string> _violations = [];

    public IReadOnlyList<string> Validate(IReadOnlyList<V1MutatingWebhook> entries)
    {
        Check(ApiServerNames.IsSubdomain(configuration), "metadata.name", "must be a DNS-1123 subdomain");
        Check(!configuration.EndsWith(".static.k8s.io", StringComparison.Ordinal), "metadata.name", "the suffix .static.k8s.io is reserved for manifest files");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
        {
            var path = $"webhooks[{i}]";
            CheckEntry(entries[i], path);
            Check(entries[i].Name is null || names.Add(entries[i].Name), $"{path}.name", $"Duplicate value: \"{entries[i].Name}\"");
        }

        return [.. _violations.Select(violation => $"{configuration}: {violation}")];
    }

    private void CheckEntry(V1MutatingWebhook entry, string path)
    {
        CheckName(entry.Name, $"{path}.name");
        CheckClientConfig(entry.ClientConfig, $"{path}.clientConfig");
        for (var i = 0; i < (entry.Rules?.Count ?? 0); i++)
        {
            _violations.AddRange(SimulatedRuleValidator.Validate(entry.Rules![i], $"{path}.rules[{i}]"));
        }

        CheckOneOf(entry.FailurePolicy, $"{path}.failurePolicy", "Fail", "Ignore");
        CheckOneOf(entry.MatchPolicy, $"{path}.matchPolicy", "Equivalent", "Exact");
        CheckOneOf(entry.ReinvocationPolicy, $"{path}.reinvocationPolicy", "IfNeeded", "Never");
        Check(mutating || entry.ReinvocationPolicy is null, $"{path}.reinvocationPolicy", "only mutating webhooks have one");
        Check(entry.SideEffects is not null, $"{path}.sideEffects", "Required value: must specify one of None, NoneOnDryRun");
        CheckOneOf(entry.SideEffects, $"{path}.sideEffects", "None", "NoneOnDryRun");
        Check(entry.TimeoutSeconds is null or (>= 1 and <= 30), $"{path}.timeoutSeconds", $"Invalid value: {entry.TimeoutSeconds}: the timeout value must be between 1 and 30 seconds");
        CheckReviewVersions(entry.AdmissionReviewVersions, $"{path}.admissionReviewVersions");
        CheckSelector(entry.NamespaceSelector, $"{path}.namespaceSelector");
        CheckSelector(entry.ObjectSelector, $"{path}.objectSelector");
        CheckConditions(entry.MatchConditions ?? [], $"{path}.matchConditions");
    }

    private void CheckName(string? name, string path)
    {
        Check(!string.IsNullOrEmpty(name), path, "Required value");
        if (!string.IsNullOrEmpty(name))
        {
            Check(ApiServerNames.IsSubdomain(name), path, $"Invalid value: \"{name}\": must be a DNS-1123 subdomain");
            Check(name.Split('.').Length >= 3, path, $"Invalid value: \"{name}\": should be a domain with at least three segments separated by dots");
        }
    }

    private void CheckClientConfig(Admissionregistrationv1WebhookClientConfig? client, string path)
    {
        if (client?.Url is null == client?.Service is null)
        {
            Check(false, path, "Required value: exactly one of url or service is required");
        }

        if (client?.Url is { } url)
        {
            CheckUrl(url, $"{path}.url");
        }

        if (client?.Service is { } service)
        {
            Check(!string.IsNullOrEmpty(service.Name), $"{path}.service.name", "Required value: service name is required");
            Check(!string.IsNullOrEmpty(service.NamespaceProperty), $"{path}.service.namespace", "Required value: service namespace is required");
            Check(service.Port is null or (>= 1 and <= 65535), $"{path}.service.port", $"Invalid value: {service.Port}: port is not valid: must be between 1 and 65535, inclusive");
            CheckPath(service.Path, $"{path}.service.path");
        }
    }

    private void CheckUrl(string text, string path)
    {
        var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var url);
        Check(isUrl && url!.Scheme == Uri.UriSchemeHttps && url.Host.Length > 0, path, $"Invalid value: \"{text}\": 'https' is the only allowed URL scheme, and a host is required");
        Check(!isUrl || url!.UserInfo.Length == 0, path, "Invalid value: user information is not permitted in the URL");
        Check(!isUrl || url!.Fragment.Length == 0, path, "Invalid value: fragments are not permitted in the URL");
        Check(!isUrl || url!.Query.Length == 0, path, "Invalid value: query parameters are not permitted in the URL");
    }

    private void CheckPath(string? text, string path)
    {
        if (string.IsNullOrEmpty(text) || text == "/")
        {
            return;
        }

        Check(text.StartsWith('/'), path, $"Invalid value: \"{text}\": must start with a '/'");
        var segments = text.Trim('/').Length == 0 ? [""] : text.TrimStart('/').Split('/');
        var last = segments.Length > 1 && segments[^1].Length == 0 ? segments.Length - 1 : segments.Length;
        Check(!text.StartsWith("//", StringComparison.Ordinal) && segments.Take(last).All(ApiServerNames.IsSubdomain), path,
            $"Invalid value: \"{text}\": every segment must be a DNS-1123 subdomain");
    }

    private void CheckReviewVersions(IList<string>? versions, string path)
    {
        if (versions is null || versions.Count == 0)
        {
            Check(false, path, "Required value: must specify one of v1, v1beta1");
            return;
        }

        Check(versions.All(ApiServerNames.IsDns1035Label), path, "Invalid value: every version must be a DNS-1035 label");
        Check(versions.Distinct(StringComparer.Ordinal).Count() == versions.Count, path, "Invalid value: duplicate version");
        Check(versions.Any(version => version is "v1" or "v1beta1"), path, "Invalid value: must include at least one of v1, v1beta1");
    }

    private void CheckSelector(V1LabelSelector? selector, string path)
    {
        foreach (var (key, value) in selector?.MatchLabels ?? new Dictionary<string, string>())
        {
            Check(ApiServerNames.IsQualifiedName(key) && ApiServerNames.IsLabelValue(value), $"{path}.matchLabels", $"Invalid value: \"{key}={value}\"");
        }

        foreach (var expression in selector?.MatchExpressions ?? [])
        {
            var count = expression.Values?.Count ?? 0;
            Check(ApiServerNames.IsQualifiedName(expression.Key), $"{path}.matchExpressions", $"Invalid value: \"{expression.Key}\"");
            Check(expression.OperatorProperty is "In" or "NotIn" ? count > 0 : expression.OperatorProperty is "Exists" or "DoesNotExist" && count == 0,
                $"{path}.matchExpressions", $"Invalid value: operator \"{expression.OperatorProperty}\" with {count} values");
            Check((expression.Values ?? []).All(ApiServerNames.IsLabelValue), $"{path}.matchExpressions", "Invalid value: a value is not a label value");
        }
    }

    private void CheckConditions(IList<V1MatchCondition> conditions, string path)
    {
        Check(conditions.Count <= 64, path, "Too many: must have at most 64 items");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < conditions.Count; i++)
        {
            var at = $"{path}[{i}]";
            Check(ApiServerNames.IsQualifiedName(conditions[i].Name), $"{at}.name", "Invalid value: must be a qualified name");
            Check(names.Add(conditions[i].Name ?? ""), $"{at}.name", $"Duplicate value: \"{conditions[i].Name}\"");
            var expression = conditions[i].Expression;
            Check(!string.IsNullOrWhiteSpace(expression), $"{at}.expression", "Required value");
            var problem = string.IsNullOrWhiteSpace(expression) ? null : compiler.FindProblem(expression);
            Check(problem is null, $"{at}.expression", $"Invalid value: {GoText.Quote(expression ?? "")}: {problem}");
        }
    }

    private void CheckOneOf(string? value, string path, params string[] supported) =>
        Check(value is null || supported.Contains(value, StringComparer.Ordinal), path,
            $"Unsupported value: \"{value}\": supported values: {string.Join(", ", supported.Select(item => $"\"{item}\""))}");

    private void Check(bool holds, string path, string message)
    {
        if (!holds)
        {
            _violations.Add($"{path}: {message}");
        }
    }
}
