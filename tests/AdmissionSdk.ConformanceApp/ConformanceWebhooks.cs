using System.Text.Json.Nodes;
using AdmissionSdk.Models;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.ConformanceApp;

/// <summary>
/// The endpoints of the webhook server in Kubernetes' conformance tests: what each of them allows, denies and changes. The tests install webhook
/// configurations of their own, so the names and rules here only say which reviews a handler takes.
/// </summary>
public static class ConformanceWebhooks
{
    private const string Key = "webhook-e2e-test";
    private const string Disallowed = "webhook-disallow";
    private const string SidecarImage = "registry.k8s.io/e2e-test-images/httpd:2.4.38-4";
    private const Operations Writes = Operations.Create | Operations.Update;

    /// <summary>Registers the twelve endpoints that are webhooks.</summary>
    public static void Add(AdmissionWebhooksBuilder webhooks)
    {
        ArgumentNullException.ThrowIfNull(webhooks);
        AddValidating(webhooks);
        AddMutating(webhooks);
    }

    /// <summary>Maps the webhooks and the thirteenth endpoint, <c>/readyz</c>.</summary>
    public static void Map(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapAdmissionWebhooks();
        app.MapGet("/readyz", () => "ok");
    }

    private static void AddValidating(AdmissionWebhooksBuilder webhooks)
    {
        Validating(webhooks, "/always-allow-delay-5s", webhook => webhook.Handle<JsonObject>(
            async (_, cancellationToken) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, cancellationToken);
                return AdmissionResult.Allow();
            },
            Anything));
        Validating(webhooks, "/always-deny", webhook => webhook.Handle<JsonObject>(_ => AdmissionResult.Deny("this webhook denies all requests"), Anything));
        Validating(webhooks, "/pods", webhook => webhook.Handle<V1Pod>(JudgePodAsync, rule => rule.On(Writes)));
        Validating(webhooks, "/pods/attach", webhook => webhook.Handle<PodAttachOptions>(context =>
            context.Name == "to-be-attached-pod" && context.Object is { Stdin: true, Container: "container1" }
                ? AdmissionResult.Deny("attaching to pod 'to-be-attached-pod' is not allowed")
                : AdmissionResult.Allow()));
        Validating(webhooks, "/configmaps", webhook => webhook.Handle<V1ConfigMap>(
            context => JudgeData(context.Object.Data?.AsReadOnly(), context.Operation, "configmap"), rule => rule.On(Writes | Operations.Delete)));
        Validating(webhooks, "/custom-resource", webhook => webhook.Handle<JsonObject>(
            context => JudgeData(Texts(context.Object["data"]), context.Operation, "custom resource"), Anything));
        Validating(webhooks, "/crd", webhook => webhook.Handle<V1CustomResourceDefinition>(
            context => context.Object.Metadata.Labels?.TryGetValue(Key, out var value) == true && value == Disallowed
                ? AdmissionResult.Deny("the crd contains unwanted label")
                : AdmissionResult.Allow(),
            rule => rule.On(Writes)));
    }

    private static void AddMutating(AdmissionWebhooksBuilder webhooks)
    {
        Mutating(webhooks, "/add-label", webhook => webhook.Handle<JsonObject>(
            context =>
            {
                var metadata = context.Object["metadata"]!.AsObject();
                var labels = metadata["labels"] as JsonObject ?? [];
                labels["added-label"] = "yes";
                metadata["labels"] = labels.Parent is null ? labels : labels.DeepClone();
                return AdmissionResult.Allow();
            },
            rule => rule.Resource("*", "*", "*", "*").On(Writes)));
        Mutating(webhooks, "/mutating-pods", webhook => webhook.Handle<V1Pod>(context =>
        {
            if (context.Object.Metadata.Name == "webhook-to-be-mutated")
            {
                AddContainer(context.Object.Spec.InitContainers ??= [], "webhook-added-init-container", "webhook-added-image");
            }

            return AdmissionResult.Allow();
        }));
        Mutating(webhooks, "/mutating-pods-sidecar", webhook => webhook.Handle<V1Pod>(context =>
        {
            AddContainer(context.Object.Spec.Containers, "webhook-added-sidecar", SidecarImage);
            return AdmissionResult.Allow();
        }));
        Mutating(webhooks, "/mutating-configmaps", webhook => webhook.Handle<V1ConfigMap>(context =>
        {
            if (NextStage(context.Object.Data?.AsReadOnly()) is { } stage)
            {
                context.Object.Data![stage] = "yes";
            }

            return AdmissionResult.Allow();
        }));
        Mutating(webhooks, "/mutating-custom-resource", webhook => webhook.Handle<JsonObject>(
            context =>
            {
                if (NextStage(Texts(context.Object["data"])) is { } stage)
                {
                    context.Object["data"]![stage] = "yes";
                }

                return AdmissionResult.Allow();
            },
            rule => rule.Resource("*", "*", "*", "*").On(Writes)));
    }

    private static void Validating(AdmissionWebhooksBuilder webhooks, string path, Action<ValidatingWebhookBuilder> configure) =>
        webhooks.AddValidatingWebhook(Name(path), webhook => configure(webhook.Path(path)));

    private static void Mutating(AdmissionWebhooksBuilder webhooks, string path, Action<MutatingWebhookBuilder> configure) =>
        webhooks.AddMutatingWebhook(Name(path), webhook => configure(webhook.Path(path)));

    private static string Name(string path) => $"{path.Trim('/').Replace('/', '-')}.conformance.example.com";

    private static void Anything(HandlerRuleBuilder rule) => rule.Resource("*", "*", "*", "*").On(Operations.Any);

    private static async ValueTask<AdmissionResult> JudgePodAsync(ValidationContext<V1Pod> context, CancellationToken cancellationToken)
    {
        List<string> problems = [];
        switch (context.Object.Metadata.Labels?.TryGetValue(Key, out var value) == true ? value : null)
        {
            case Disallowed:
                problems.Add("the pod contains unwanted label;");
                break;
            case "wait-forever":
                // A handler that hears nothing of its deadline.
                await new TaskCompletionSource().Task;
                break;
        }

        problems.AddRange(context.Object.Spec.Containers.Where(container => container.Name.Contains(Disallowed, StringComparison.Ordinal)).Select(_ => "the pod contains unwanted container name;"));
        return problems.Count == 0 ? AdmissionResult.Allow() : AdmissionResult.Deny(string.Join(' ', problems));
    }

    private static AdmissionResult JudgeData(IReadOnlyDictionary<string, string>? data, Operation operation, string what) => (data?.GetValueOrDefault(Key), operation == Operation.Delete) switch
    {
        (Disallowed, false) => AdmissionResult.Deny($"the {what} contains unwanted {(what == "configmap" ? "key and value" : "data")}"),
        ("webhook-nondeletable", true) => AdmissionResult.Deny($"the {what} cannot be deleted because it contains unwanted key and value"),
        _ => AdmissionResult.Allow(),
    };

    private static string? NextStage(IReadOnlyDictionary<string, string>? data) =>
        data?.GetValueOrDefault("mutation-stage-1") == "yes" ? "mutation-stage-2"
        : data?.GetValueOrDefault("mutation-start") == "yes" ? "mutation-stage-1"
        : null;

    private static void AddContainer(IList<V1Container> containers, string name, string image)
    {
        if (containers.All(container => container.Name != name))
        {
            containers.Add(new V1Container { Name = name, Image = image });
        }
    }

    private static Dictionary<string, string>? Texts(JsonNode? data) =>
        (data as JsonObject)?.Where(member => member.Value is JsonValue).ToDictionary(member => member.Key, member => member.Value!.ToString());
}
