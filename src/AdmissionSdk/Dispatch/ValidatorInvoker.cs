using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Contexts;
using AdmissionSdk.Memory;
using AdmissionSdk.Model;

namespace AdmissionSdk.Dispatch;

/// <summary>Calls a validator, and in development looks for edits.</summary>
internal sealed class ValidatorInvoker<T>(Func<IServiceProvider, IValidator<T>> resolve, string name) : HandlerInvoker(name)
    where T : class
{
    public override Type ObjectType => typeof(T);

    public override async ValueTask<AdmissionResult?> InvokeAsync(AdmissionCall call, FilterPipeline filters, CancellationToken cancellationToken)
    {
        var member = call.Request.Object.IsEmpty ? "oldObject" : "object";

        // Null only on a DELETE without any object: the handler may need none.
        // Each of several validators has its object alone.
        using var charge = call.Memory is null || call.Request.Subject.IsEmpty
            ? default : MemoryCharge.Take(call.Memory, DecodingCost.OfModel(call.Request.Subject.Span, ModelSize.Of(call.Json.Options.GetTypeInfo(typeof(T)))));
        var @object = call.Request.Subject.IsEmpty
            ? null : ObjectDecoder.Decode<T>(call.Request.Subject, call.Json.Options, member, memory: null, call.Request.SubjectIndex);
        var before = call.DetectsEdits && @object is not null ? Serialize(@object, call) : null;

        var context = new ValidationContext<T>(call, @object);
        var result = await filters.InvokeAsync(context, token => resolve(call.Services).ValidateAsync(context, token), cancellationToken);

        // The edit would be lost without a word (contract 9.5 forbids a patch here), so the author is told in development.
        return before is not null && !before.AsSpan().SequenceEqual(Serialize(@object!, call))
            ? AdmissionResult.Fail($"{Name} changed the object, and validators cannot mutate: register it with AddMutatingWebhook")
            : result;
    }

    private static byte[] Serialize(T @object, AdmissionCall call) =>
        JsonSerializer.SerializeToUtf8Bytes(@object, (JsonTypeInfo<T>)call.Json.Options.GetTypeInfo(typeof(T)));
}
