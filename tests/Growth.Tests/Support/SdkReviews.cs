using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk;
using AdmissionSdk.Contexts;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Model;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Reviews;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Growth.Tests.Support;

/// <summary>Walks reviews from bytes to bytes: read, decoded, handled, patched and answered, without HTTP.</summary>
internal static class SdkReviews
{
    private static readonly ServiceProvider Services = new ServiceCollection().BuildServiceProvider();

    public static Action Mutate<T>(JsonObject subject, Action<MutationContext<T>> edit)
        where T : class =>
        Walk(Review(subject), new MutatorInvoker<T>(_ => new DelegateMutator<T>((context, _) =>
        {
            edit(context);
            return AdmissionResult.Allow();
        }), "growth"), mutates: true);

    public static Action Validate(JsonObject subject, Func<ValidationContext<V1Pod>, AdmissionResult> handle) =>
        Walk(Review(subject), new ValidatorInvoker<V1Pod>(_ => new DelegateValidator<V1Pod>((context, _) => handle(context)), "growth"), mutates: false);

    public static byte[] Review(JsonObject subject, Action<JsonObject>? edit = null)
    {
        var request = new JsonObject
        {
            ["uid"] = "1",
            ["kind"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["kind"] = "Pod" },
            ["resource"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["resource"] = "pods" },
            ["operation"] = "CREATE",
            ["object"] = subject,
        };
        edit?.Invoke(request);
        return Encoding.UTF8.GetBytes(new JsonObject { ["apiVersion"] = "admission.k8s.io/v1", ["kind"] = "AdmissionReview", ["request"] = request }.ToJsonString());
    }

    /// <summary>Prepares a walk; the walk is what is measured.</summary>
    public static Action Walk(byte[] review, HandlerInvoker invoker, bool mutates) => () =>
    {
        var request = AdmissionReviewReader.Read(review);
        var call = new AdmissionCall(request, "growth.example.com", AdmissionJson.Default, Services)
        {
            Patch = mutates ? new PatchSession(request.Subject, PatchLimits.Default) : null,
        };
        var result = invoker.InvokeAsync(call, new FilterPipeline([]), CancellationToken.None).AsTask().GetAwaiter().GetResult()!;
        var (warnings, annotations) = call.TakeNotes();
        if (result.Decision == AdmissionDecision.Fail)
        {
            return;
        }

        var patch = call.Patch?.Finish().Json ?? default;
        call.Patch?.ThrowIfRefused(request.Namespace, mayRename: true);
        AdmissionReviewWriter.Write(new ArrayBufferWriter<byte>(), request, new AdmissionResponse
        {
            Decision = result.Decision,
            Message = result.Message,
            Code = result.Code,
            Reason = result.Reason,
            Causes = result.Causes,
            Warnings = warnings,
            AuditAnnotations = annotations,
            Patch = patch,
        });
    };
}
