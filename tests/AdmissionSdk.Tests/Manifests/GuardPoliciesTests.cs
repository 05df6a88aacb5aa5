using AdmissionSdk.Linting;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Tests.Manifests;

/// <remarks>Covers <see cref="GuardPolicies"/>, <see cref="GuardPolicyBuilder"/>, <see cref="GuardPolicyDrift"/>, <see cref="JsonDrift"/>, <see cref="GuardRules"/>.</remarks>
public sealed class GuardPoliciesTests
{
    private const string Name = "owner.teams.example.com";

    private static readonly ManifestOptions Options = new() { App = "owners", Namespace = "webhooks" };

    [Fact]
    public void Create_WebhookWithAPolicy_HasItsRulesSelectorsExemptionsAndConditions()
    {
        var registry = Registry(webhook => webhook.ExemptNamespaces("legacy").ObjectSelector(labels => labels.Exists("team")).MatchCondition("not-mine", "request.userInfo.username != 'me'").MatchPolicy(MatchPolicy.Exact));

        var (_, policy, binding) = Assert.Single(GuardPolicies.Create(registry, Options));

        var webhook = ((V1ValidatingWebhookConfiguration)WebhookConfigurations.Create(registry, Options).Single()).Webhooks[0];
        var match = policy.Spec.MatchConstraints;
        Assert.Equal(KubernetesJson.Serialize(webhook.NamespaceSelector), KubernetesJson.Serialize(match.NamespaceSelector));
        Assert.Equal(KubernetesJson.Serialize(webhook.ObjectSelector), KubernetesJson.Serialize(match.ObjectSelector));
        Assert.Equal(KubernetesJson.Serialize(webhook.Rules), KubernetesJson.Serialize(match.ResourceRules));
        Assert.Equal(KubernetesJson.Serialize(webhook.MatchConditions), KubernetesJson.Serialize(policy.Spec.MatchConditions));
        Assert.Equal(("Exact", "Fail"), (match.MatchPolicy, policy.Spec.FailurePolicy));
        Assert.Equal(["webhooks", "kube-system", "legacy"], match.NamespaceSelector.MatchExpressions.Single().Values);
        Assert.Null(policy.Spec.ParamKind);
        Assert.Equal(["labels"], policy.Spec.Variables.Select(variable => variable.Name));
        Assert.Equal("Forbidden", Assert.Single(policy.Spec.Validations).Reason);
        Assert.Equal($"owners.webhooks.{Name}", policy.Metadata.Name);
        Assert.Equal(policy.Metadata.Name, binding.Spec.PolicyName);
        Assert.Equal(["Deny"], binding.Spec.ValidationActions);
    }

    [Theory]
    [InlineData(EnforcementMode.Enforce, "Deny")]
    [InlineData(EnforcementMode.Warn, "Warn")]
    [InlineData(EnforcementMode.Audit, "Audit")]
    public void Create_Mode_DecidesTheAction(EnforcementMode mode, string action) =>
        Assert.Equal([action], Assert.Single(GuardPolicies.Create(Registry(webhook => webhook.Mode(mode)), Options)).Binding.Spec.ValidationActions);

    [Fact]
    public void Create_SwitchedOff_MakesNothing() =>
        Assert.Empty(GuardPolicies.Create(Registry(), Options.With(options => options.GuardPolicies = false)));

    [Fact]
    public void Create_Static_NamesHaveTheSuffix()
    {
        var (_, policy, binding) = Assert.Single(GuardPolicies.Create(Registry(), Options.With(options => options.StaticManifests = true)));

        Assert.EndsWith(".static.k8s.io", policy.Metadata.Name, StringComparison.Ordinal);
        Assert.Equal(policy.Metadata.Name, binding.Spec.PolicyName);
    }

    [Fact]
    public void Validate_OldVersion_IsRefusedWithTheReason()
    {
        var problem = Assert.Single(GuardPolicies.Validate(Registry(), Options.With(options => options.KubeVersion = new Version(1, 29))));

        Assert.StartsWith($"{Name}: Kubernetes 1.29 has no ValidatingAdmissionPolicies", problem, StringComparison.Ordinal);
        Assert.Empty(GuardPolicies.Validate(Registry(), Options.With(options => options.KubeVersion = new Version(1, 30))));
    }

    [Fact]
    public void Validate_PolicyWithoutExpression_IsRefused() =>
        Assert.Contains("validates nothing", Assert.Single(GuardPolicies.Validate(Registry(empty: true), Options)), StringComparison.Ordinal);

    [Fact]
    public void GuardPolicy_OfAWebhookThatOnlyServes_IsNotMade()
    {
        var made = 0;
        var services = new ServiceCollection();
        services.AddLogging().AddAdmissionWebhooks().AddValidatingWebhook(Name, webhook => webhook.Handle<V1Pod>(context => AdmissionResult.Allow()).GuardPolicy(policy => made++));
        var registry = services.BuildServiceProvider().GetRequiredService<WebhookRegistry>();

        AdmissionLint.Run(registry);
        Assert.Equal(0, made);
        Assert.NotNull(registry.Webhooks[0].GuardPolicy);
        Assert.Equal(1, made);
    }

    [Fact]
    public void Compare_DefaultsAndLabelsOfOthers_AreNoDrift()
    {
        var (_, policy, binding) = Assert.Single(GuardPolicies.Create(Registry(), Options));
        var stored = Copy(policy);
        stored.Metadata.Labels["team"] = "a";
        stored.Spec.MatchConstraints.MatchPolicy = "Equivalent";
        stored.Spec.MatchConstraints.ObjectSelector = new V1LabelSelector();
        foreach (var rule in stored.Spec.MatchConstraints.ResourceRules)
        {
            rule.Scope = "*";
        }

        Assert.Empty(GuardPolicyDrift.Compare(policy, stored));
        Assert.Empty(GuardPolicyDrift.Compare(binding, binding));
        Assert.Equal("", Assert.Single(GuardPolicyDrift.Compare(policy, null)).Path);
    }

    [Fact]
    public void Compare_WeakenedPolicy_NamesTheField()
    {
        var (_, policy, _) = Assert.Single(GuardPolicies.Create(Registry(), Options));

        Assert.Equal("spec.failurePolicy", Drift(stored => stored.FailurePolicy = "Ignore"));
        Assert.Equal("spec.matchConditions", Drift(stored => stored.MatchConditions = [new V1MatchCondition { Name = "off", Expression = "false" }]));
        Assert.Equal("spec.variables[labels].expression", Drift(stored => stored.Variables[0].Expression = "{}"));
        Assert.Equal("spec.validations[0].expression", Drift(stored => stored.Validations[0].Expression = "true"));

        string Drift(Action<V1ValidatingAdmissionPolicySpec> edit)
        {
            var stored = Copy(policy);
            edit(stored.Spec);
            return Assert.Single(GuardPolicyDrift.Compare(policy, stored)).Path;
        }
    }

    private static V1ValidatingAdmissionPolicy Copy(V1ValidatingAdmissionPolicy policy) =>
        KubernetesJson.Deserialize<V1ValidatingAdmissionPolicy>(KubernetesJson.Serialize(policy));

    private static WebhookRegistry Registry(Action<ValidatingWebhookBuilder>? configure = null, bool empty = false)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddAdmissionWebhooks().AddValidatingWebhook(Name, webhook =>
        {
            webhook.Handle<V1Pod>(context => AdmissionResult.Allow()).GuardPolicy(policy =>
            {
                if (!empty)
                {
                    policy.Variable("labels", "object.metadata.?labels.orValue({})").Validate("'owner' in variables.labels", "every pod needs the label owner");
                }
            });
            configure?.Invoke(webhook);
        });
        return services.BuildServiceProvider().GetRequiredService<WebhookRegistry>();
    }
}
