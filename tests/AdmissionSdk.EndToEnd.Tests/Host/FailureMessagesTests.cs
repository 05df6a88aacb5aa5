using System.Text.RegularExpressions;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Registration;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using Xunit.Abstractions;

namespace AdmissionSdk.EndToEnd.Tests.Host;

/// <summary>Messages to users when something is wrong, word for word as in docs/operations.md.</summary>
/// <remarks>Covers docs/operations.md, <see cref="Dispatch.FailureResponses"/>, <see cref="Dispatch.EnforcementFilter"/>, <see cref="Hosting.RejectionWriter"/>, <see cref="AdmissionResult"/>, <see cref="FieldError"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed partial class FailureMessagesTests(ApiServerSession session, ITestOutputHelper output)
{
    private const string Name = "guard.example.com";
    private const string FailedCalling = $"failed calling webhook \"{Name}\": ";
    private const string ToCall = "failed to call webhook: ";
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
    private readonly List<string> _undocumented = [];
    private readonly TaskCompletionSource _entered = new();
    private readonly TaskCompletionSource _release = new();

    [ApiServerFact]
    public async Task Create_HandlersOfEveryKind_ReadAsDocumented()
    {
        var @namespace = await session.Server.CreateNamespaceAsync();
        await using var server = await WebhookServer.StartAsync(Patient);
        await using var applied = await ApplyAsync(@namespace, server.Address, server.CaBundle, Patient);
        // The configuration now sends more than the handler claims.
        await applied.EditAsync("""[{"op":"replace","path":"/webhooks/0/rules/0/operations","value":["CREATE","UPDATE"]}]""");

        foreach (var pod in new[] { "deny", "invalid", "throw", "fail" })
        {
            await RefusedAsync(pod, () => CreateAsync(@namespace, pod));
        }

        // A review keeps the only slot.
        var slow = CreateAsync(@namespace, "slow");
        await await Task.WhenAny(_entered.Task, slow);
        await RefusedAsync("busy", () => CreateAsync(@namespace, "busy"));
        _release.SetResult();
        await slow;

        await RefusedAsync("unmatched", () => session.Server.Client.CoreV1.PatchNamespacedPodAsync(
            new V1Patch("""{"metadata":{"labels":{"a":"b"}}}""", V1Patch.PatchType.MergePatch), "slow", @namespace));
        Assert.Empty(_undocumented);
    }

    [ApiServerFact]
    public async Task Create_HandlerHangs_ReadsAsDocumented()
    {
        var @namespace = await session.Server.CreateNamespaceAsync();
        await using var server = await WebhookServer.StartAsync(Register);
        await using var applied = await ApplyAsync(@namespace, server.Address, server.CaBundle, Register);

        await RefusedAsync("hang", () => CreateAsync(@namespace, "hang"));

        Assert.Empty(_undocumented);
    }

    [ApiServerFact]
    public async Task Create_WebhookCannotBeCalled_ReadsAsDocumented()
    {
        var @namespace = await session.Server.CreateNamespaceAsync();
        await using var server = await WebhookServer.StartAsync(Patient);
        await using var other = await WebhookServer.StartAsync(Patient);
        foreach (var (what, address, bundle) in new[]
        {
            ("not found", new Uri(server.Address, "/elsewhere"), server.CaBundle),
            ("not trusted", server.Address, other.CaBundle),
            ("nobody listens", new Uri("https://127.0.0.1:1"), server.CaBundle),
        })
        {
            await using var applied = await ApplyAsync(@namespace, address, bundle, Patient);

            await RefusedAsync(what, () => CreateAsync(@namespace, "web"));
        }

        Assert.Empty(_undocumented);
    }

    [ApiServerFact]
    public async Task Create_WarnMode_WarnsAsDocumented()
    {
        await using var run = await WebhookRun.StartAsync(session.Server, webhooks => webhooks.AddValidatingWebhook(
            Name, webhook => webhook.Mode(EnforcementMode.Warn).Handle<V1Pod>(_ => AdmissionResult.Deny("the image is not from an approved registry"))));

        using var created = await run.Client.CoreV1.CreateNamespacedPodWithHttpMessagesAsync(Pods.Create("web"), run.Namespace);

        Compare("warning", Quoted().Match(created.Response.Headers.Warning.ToString()).Groups[1].Value);
        Assert.Empty(_undocumented);
    }

    // A long timeout: the machine may be busy with something else.
    private void Patient(AdmissionWebhooksBuilder webhooks) => Register(webhooks, TimeSpan.FromSeconds(10));

    private void Register(AdmissionWebhooksBuilder webhooks) => Register(webhooks, TimeSpan.FromSeconds(1));

    private void Register(AdmissionWebhooksBuilder webhooks, TimeSpan timeout)
    {
        // A wider margin than the default in the page: the machine may be busy with something else.
        webhooks.Services.Configure<AdmissionWebhookOptions>(options => options.DeadlineMargin = TimeSpan.FromSeconds(0.4));
        webhooks.AddValidatingWebhook(Name, webhook => webhook.Path("/hook").Timeout(timeout).MaxConcurrentReviews(1).Handle<V1Pod>(
            async (context, cancellationToken) =>
            {
                switch (context.Name)
                {
                    case "deny":
                        return AdmissionResult.Deny("the image is not from an approved registry");
                    case "invalid":
                        return AdmissionResult.Invalid(new FieldError("spec.containers[0].image", "must have a digest"));
                    case "throw":
                        throw new TimeZoneNotFoundException("a secret");
                    case "fail":
                        return AdmissionResult.Fail("the registry is down");
                    case "hang":
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                        break;
                    case "slow":
                        _entered.SetResult();
                        await _release.Task;
                        break;
                }

                return AdmissionResult.Allow();
            },
            rule => rule.On(Operations.Create)));
    }

    private Task<AppliedWebhooks> ApplyAsync(string @namespace, Uri address, byte[] caBundle, Action<AdmissionWebhooksBuilder> webhooks) =>
        AppliedWebhooks.ApplyAsync(session.Server, webhooks, [Name], @namespace, address, caBundle);

    private Task<V1Pod> CreateAsync(string @namespace, string name) =>
        session.Server.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create(name), @namespace);

    private async Task RefusedAsync(string what, Func<Task> request)
    {
        var status = await ApiErrors.RefusedAsync(request);
        Compare($"{what} ({status.Reason})", status.Message);
    }

    private void Compare(string what, string message)
    {
        var text = Varying().Replace(AsOf136(message), "$1…");
        output.WriteLine($"{what}: {text}");
        if (!Page.Contains(text, StringComparison.Ordinal))
        {
            _undocumented.Add(text);
        }
    }

    /// <summary>
    /// Turns a message into the page's line, which is of kube-apiserver 1.36. Older servers leave out the words before the cause, and the text around
    /// the cause of a bad certificate depends on the version of Go.
    /// </summary>
    private static string AsOf136(string message)
    {
        var text = Go().Replace(message.Replace("within 0.6 s", "within 0.85 s", StringComparison.Ordinal), "$1");
        return text.Contains(ToCall, StringComparison.Ordinal) ? text : text.Replace(FailedCalling, FailedCalling + ToCall, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?:tls: failed to verify certificate: )?(x509: certificate signed by unknown authority).*$", RegexOptions.Singleline)]
    private static partial Regex Go();

    // Values that differ from run to run.
    [GeneratedRegex(@"(uid |localhost:|127\.0\.0\.1:)[0-9a-f-]+")]
    private static partial Regex Varying();

    [GeneratedRegex("\"(.*)\"")]
    private static partial Regex Quoted();
}
