using System.Text.Json.Nodes;
using AdmissionSdk.Registration;

namespace AdmissionSdk.Tests.Dispatch.Support;

/// <summary>Webhooks with handlers of every sort beside each other, at random.</summary>
internal static class RandomWebhook
{
    private static readonly string[] Groups = ["", VersionedWidgets.Group, "*"];
    private static readonly string[] Versions = ["v1", "v1beta1", "*"];
    private static readonly string[] Resources = [VersionedWidgets.Plural, "namespaces", "*"];
    private static readonly string[] Subresources = ["", "", "status", "scale", "*"];

    public static void Add(AdmissionWebhooksBuilder webhooks, string name, Random random, MatchPolicy policy) =>
        webhooks.AddValidatingWebhook(name, webhook =>
        {
            webhook.MatchPolicy(policy);
            for (var i = random.Next(1, 5); i > 0; i--)
            {
                AddHandler(webhook, random);
            }
        });

    private static void AddHandler(ValidatingWebhookBuilder webhook, Random random) => _ = random.Next(6) switch
    {
        0 or 1 => webhook.Handle<VersionedWidgets.New>(_ => AdmissionResult.Allow(), rule => Rule(rule, random, random.Next(4) == 0)),
        2 or 3 => webhook.Handle<VersionedWidgets.Old>(_ => AdmissionResult.Allow(), rule => Rule(rule, random, random.Next(4) == 0)),
        4 => webhook.Handle<JsonObject>(_ => AdmissionResult.Allow(), rule => Rule(rule, random, isExplicit: true)),
        _ => webhook.Handle<PartialObjectMetadata>(_ => AdmissionResult.Allow(), rule => Rule(rule, random, isExplicit: true)),
    };

    private static void Rule(HandlerRuleBuilder rule, Random random, bool isExplicit)
    {
        rule.On((Operations)random.Next(1, 16)).Scope((ResourceScope)random.Next(3));
        for (var i = isExplicit ? random.Next(1, 3) : 0; i > 0; i--)
        {
            rule.Resource(Pick(Groups, random), Pick(Versions, random), Pick(Resources, random), Pick(Subresources, random));
        }

        if (random.Next(3) == 0)
        {
            rule.Subresources(Pick(Subresources[2..], random));
        }
    }

    private static string Pick(string[] values, Random random) => values[random.Next(values.Length)];
}
