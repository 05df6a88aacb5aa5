using System.Globalization;
using System.Text.Json.Nodes;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.LoadServer;

/// <summary>The webhooks that are measured; the load command knows their paths.</summary>
internal static class MeasuredWebhooks
{
    private const int Images = 5;
    private const string Mirror = "registry.example.com/";

    // The images of the recorded pod, in the order of the pointers.
    private static readonly string[] Pointers =
        ["/spec/initContainers/0/image", "/spec/initContainers/1/image", "/spec/containers/0/image", "/spec/containers/1/image", "/spec/containers/2/image"];

    /// <param name="webhooks">The application's webhooks.</param>
    /// <param name="count">0 for one webhook of each kind, else the number of typed mutators, which are then the only webhooks.</param>
    public static void AddMeasured(this AdmissionWebhooksBuilder webhooks, int count)
    {
        for (var i = 0; i < count; i++)
        {
            AddTypedMutator(webhooks, $"typed-{i.ToString(CultureInfo.InvariantCulture)}");
        }

        if (count > 0)
        {
            return;
        }

        webhooks
            .AddValidatingWebhook("metadata-validator.example.com", webhook => webhook.Path("/metadata-validator")
                .Handle<PartialObjectMetadata>(static _ => AdmissionResult.Allow(), Pods))
            .AddValidatingWebhook("typed-validator.example.com", webhook => webhook.Path("/typed-validator")
                .Handle<V1Pod>(static _ => AdmissionResult.Allow()))
            .AddMutatingWebhook("context-patch.example.com", webhook => webhook.Path("/context-patch")
                .Handle<PartialObjectMetadata>(SetImages, Pods))
            .AddMutatingWebhook("json-mutator.example.com", webhook => webhook.Path("/json-mutator")
                .Handle<JsonObject>(EditJson, Pods));
        AddTypedMutator(webhooks, "typed-mutator");
        AddTyped(webhooks, "typed-no-edit", static _ => { });
        AddTyped(webhooks, "typed-one-field", static pod => pod.Spec.Containers[0].Image = Mirror + pod.Spec.Containers[0].Image);
        AddTyped(webhooks, "typed-insert", static pod => pod.Spec.Containers.Insert(0, new V1Container { Name = "sidecar", Image = "sidecar:1" }));
    }

    private static void AddTypedMutator(AdmissionWebhooksBuilder webhooks, string name) => AddTyped(webhooks, name, static pod =>
    {
        foreach (var container in (pod.Spec.InitContainers ?? []).Concat(pod.Spec.Containers).Take(Images))
        {
            container.Image = Mirror + container.Image;
        }
    });

    private static void AddTyped(AdmissionWebhooksBuilder webhooks, string name, Action<V1Pod> edit) =>
        webhooks.AddMutatingWebhook($"{name}.example.com", webhook => webhook.Path($"/{name}").Handle<V1Pod>(context =>
        {
            edit(context.Object);
            return AdmissionResult.Allow();
        }));

    private static AdmissionResult SetImages(MutationContext<PartialObjectMetadata> context)
    {
        foreach (var pointer in Pointers)
        {
            context.Patch.Set(pointer, Mirror + "acme/image:1.0");
        }

        return AdmissionResult.Allow();
    }

    private static AdmissionResult EditJson(MutationContext<JsonObject> context)
    {
        var spec = context.Object["spec"]!;
        foreach (var container in (spec["initContainers"]?.AsArray() ?? []).Concat(spec["containers"]!.AsArray()).Take(Images))
        {
            container!["image"] = Mirror + (string)container["image"]!;
        }

        return AdmissionResult.Allow();
    }

    private static void Pods(HandlerRuleBuilder rule) => rule.Resource("", "v1", "pods");
}
