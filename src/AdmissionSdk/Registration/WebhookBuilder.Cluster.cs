using AdmissionSdk.Model;
using k8s.Models;

namespace AdmissionSdk.Registration;

/// <content>The settings that are written into the cluster. The configuration wins over them.</content>
public abstract partial class WebhookBuilder<TSelf>
{
    private readonly Dictionary<string, string> _acceptedFindings = new(StringComparer.Ordinal);

    /// <summary>Sets the API server's treatment of requests for which it does not get a response.</summary>
    /// <param name="failurePolicy">Default <see cref="AdmissionSdk.FailurePolicy.Fail"/>, as in Kubernetes.</param>
    /// <returns>This builder.</returns>
    public TSelf FailurePolicy(FailurePolicy failurePolicy) => Set(Settings with { FailurePolicy = failurePolicy });

    /// <summary>Sets the time that the API server waits. The times of all mutating webhooks of a request add up, so keep each short.</summary>
    /// <param name="timeout">Whole seconds, 1 to 30. Default <see cref="AdmissionWebhookOptions.DefaultTimeout"/>, 5 seconds.</param>
    /// <returns>This builder.</returns>
    public TSelf Timeout(TimeSpan timeout) => Set(Settings with { Timeout = timeout });

    /// <summary>Calls the webhook only for objects in namespaces with these labels. Objects without a namespace always pass this selector.</summary>
    /// <param name="configure">The labels. The default exemptions are added to them.</param>
    /// <returns>This builder.</returns>
    public TSelf NamespaceSelector(Action<LabelSelectorBuilder> configure) => NamespaceSelector(Build(configure));

    /// <summary>Calls the webhook only for objects in namespaces that this selector takes.</summary>
    /// <param name="selector">The selector as it is written into the cluster. The default exemptions are added to it.</param>
    /// <returns>This builder.</returns>
    public TSelf NamespaceSelector(V1LabelSelector selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Set(Settings with { NamespaceSelector = LabelSelectorCopy.Of(selector) });
    }

    /// <summary>Calls the webhook only for objects with these labels. Users choose the labels, so this selector is for webhooks that one opts in to (https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#matching-requests-objectselector).</summary>
    /// <param name="configure">The labels.</param>
    /// <returns>This builder.</returns>
    public TSelf ObjectSelector(Action<LabelSelectorBuilder> configure) => ObjectSelector(Build(configure));

    /// <summary>Calls the webhook only for objects that this selector takes.</summary>
    /// <param name="selector">The selector as it is written into the cluster.</param>
    /// <returns>This builder.</returns>
    public TSelf ObjectSelector(V1LabelSelector selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return Set(Settings with { ObjectSelector = LabelSelectorCopy.Of(selector) });
    }

    /// <summary>Adds a CEL expression that must be true for the webhook to be called (Kubernetes 1.28 and newer; older ones ignore it without a word). Only its name and shape are checked here; the API server compiles it.</summary>
    /// <param name="name">A qualified name, unique in the webhook.</param>
    /// <param name="expression">CEL over <c>object</c>, <c>oldObject</c>, <c>request</c> and <c>authorizer</c>.</param>
    /// <returns>This builder.</returns>
    public TSelf MatchCondition(string name, string expression)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(expression);
        return Set(Settings with { MatchConditions = [.. Settings.MatchConditions ?? [], new MatchCondition(name, expression)] });
    }

    /// <summary>Sets the treatment of the same resource under another group or version.</summary>
    /// <param name="matchPolicy">Default <see cref="AdmissionSdk.MatchPolicy.Equivalent"/>, as in Kubernetes.</param>
    /// <returns>This builder.</returns>
    public TSelf MatchPolicy(MatchPolicy matchPolicy) => Set(Settings with { MatchPolicy = matchPolicy });

    /// <summary>Sets the effects of a call outside the object.</summary>
    /// <param name="sideEffects">Default <see cref="AdmissionSdk.SideEffects.None"/>.</param>
    /// <returns>This builder.</returns>
    public TSelf SideEffects(SideEffects sideEffects) => Set(Settings with { SideEffects = sideEffects });

    /// <summary>Sets the AdmissionReview versions the API server may send, the preferred one first.</summary>
    /// <param name="versions">Default <c>v1</c>. The SDK also reads <c>v1beta1</c>.</param>
    /// <returns>This builder.</returns>
    public TSelf ReviewVersions(params IReadOnlyList<string> versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        return Set(Settings with { ReviewVersions = [.. versions] });
    }

    /// <summary>Sets the webhook's place among the application's others of its type: the API server calls mutating webhooks in the order in which they are written. Configurations of other applications come before or after all of them, by name.</summary>
    /// <param name="order">Lower comes first. Default 0; equal ones keep the order in which they were added.</param>
    /// <returns>This builder.</returns>
    public TSelf Order(int order) => Set(Settings with { Order = order });

    /// <summary>Never calls the webhook for objects in these namespaces, beside the namespaces that are exempt already.</summary>
    /// <param name="namespaces">The namespaces' names.</param>
    /// <returns>This builder.</returns>
    public TSelf ExemptNamespaces(params IReadOnlyList<string> namespaces)
    {
        ArgumentNullException.ThrowIfNull(namespaces);
        return Set(Settings with { ExemptNamespaces = [.. Settings.ExemptNamespaces ?? [], .. namespaces] });
    }

    /// <summary>
    /// Calls the webhook for objects in its own namespace and in kube-system too. By default it is not called for them: a webhook that is down
    /// and fails closed would keep its own pods, and the cluster's, from coming back.
    /// </summary>
    /// <returns>This builder.</returns>
    public TSelf WithoutDefaultExemptions() => Set(Settings with { ExemptsNamespaces = false });

    /// <summary>Accepts a finding of the linter for this webhook; an accepted finding is not reported.</summary>
    /// <param name="id">The rule's id, such as <c>ADM1001</c>.</param>
    /// <param name="reason">The reason, for the next reader of the code.</param>
    /// <returns>This builder.</returns>
    public TSelf AcceptLint(string id, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        _guard.Check();
        _acceptedFindings[id] = reason;
        return Self;
    }

    private static V1LabelSelector Build(Action<LabelSelectorBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new LabelSelectorBuilder();
        configure(builder);
        return builder.Build();
    }
}
