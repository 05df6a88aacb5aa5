using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Contexts;
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
        var @object = ObjectDecoder.Decode<T>(call.Request.Subject, call.Json.Options, member, call.Request.SubjectIndex);
        var before = call.DetectsEdits ? Serialize(@object, call) : null;

        var context = new ValidationContext<T>(call, @object);
        var result = await filters.InvokeAsync(context, token => resolve(call.Services).ValidateAsync(context, token), cancellationToken);

        // The edit would be lost without a word (contract 9.5 forbids a patch here), so the author is told in development.
        return before is not null && !before.AsSpan().SequenceEqual(Serialize(@object, call))
            ? AdmissionResult.Fail($"{Name} changed the object, and validators cannot mutate: register it with AddMutatingWebhook")
            : result;
    }

    private static byte[] Serialize(T @object, AdmissionCall call) =>
        JsonSerializer.SerializeToUtf8Bytes(@object, (JsonTypeInfo<T>)call.Json.Options.GetTypeInfo(typeof(T)));
}
