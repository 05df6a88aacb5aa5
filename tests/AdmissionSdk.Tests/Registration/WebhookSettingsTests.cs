using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Registration;

/// <summary>The one record of settings: a setting that is forgotten in the merge, in the defaults or among the keys is found here.</summary>
/// <remarks>Covers <see cref="WebhookSettings"/>, <see cref="EffectiveSettings"/>.</remarks>
public sealed class WebhookSettingsTests
{
    private static readonly WebhookSettings Defaults = WebhookSettings.Defaults("a.b.c", WebhookType.Validating, new AdmissionWebhookOptions());

    [Fact]
    public void Over_EverySetting_IsTheStrongerOnesElseTheWeakerOnes()
    {
        var (stronger, weaker) = (Fill(), Fill());

        Assert.Equal(SettingsTable.All, SettingsTable.Set(weaker));
        Assert.Equal(weaker, new WebhookSettings().Over(weaker));
        Assert.Equal(stronger, stronger.Over(new WebhookSettings()));
        Assert.Equal(stronger, stronger.Over(weaker));
        Assert.NotEqual(weaker, stronger.Over(weaker));
    }

    [Fact]
    public void Defaults_EverySettingButTheSelectors_HasOne() =>
        Assert.Equal(SettingsTable.All.Except(["NamespaceSelector", "ObjectSelector"]), SettingsTable.Set(Defaults));

    [Fact]
    public void Read_EverySetting_HasAKeyOfItsNameUnlessItIsForCodeAlone() =>
        Assert.Equal(SettingsTable.All.Except(["Path", "ReviewVersions", "OnUndecodable", "OnUnmatched", "SkipWhenDeleting"]).Order(), SettingsTable.Keys.Order());

    // Else a reload that changes nothing would be logged as a change.
    [Fact]
    public void Effective_OfSettingsThatARunningApplicationDoesNotFollow_IsTheCodes()
    {
        var webhook = new WebhookDescriptor("a.b.c", WebhookType.Validating, Defaults, new WebhookSettings());

        Assert.Equal(EffectiveSettings.Of(webhook), EffectiveSettings.Of(webhook, new WebhookSettings { ExemptNamespaces = ["a"], FailurePolicy = FailurePolicy.Ignore }));
        Assert.NotEqual(EffectiveSettings.Of(webhook), EffectiveSettings.Of(webhook, new WebhookSettings { Mode = EnforcementMode.Audit }));
    }

    private static WebhookSettings Fill() => Defaults with
    {
        NamespaceSelector = new V1LabelSelector(),
        ObjectSelector = new V1LabelSelector(),
        MatchConditions = [new MatchCondition("a", "true")],
        ExemptNamespaces = ["a"],
        ReviewVersions = ["v1"],
    };
}
