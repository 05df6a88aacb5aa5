using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Contexts;
using AdmissionSdk.Memory;
using AdmissionSdk.Model;
using AdmissionSdk.Patching;

namespace AdmissionSdk.Dispatch;

/// <summary>Calls a mutator on the chain's current object and replays its edits.</summary>
internal sealed class MutatorInvoker<T>(Func<IServiceProvider, IMutator<T>> resolve, string name) : HandlerInvoker(name)
    where T : class
{
    public override Type ObjectType => typeof(T);

    public override async ValueTask<AdmissionResult?> InvokeAsync(AdmissionCall call, FilterPipeline filters, CancellationToken cancellationToken)
    {
        var session = call.Patch!;

        // Null only on a DELETE without any object: the handler may need none.
        using var charge = call.Request.Subject.IsEmpty ? default : Charge(session, call);
        using var view = call.Request.Subject.IsEmpty ? null : Open(session, call);
        var context = new MutationContext<T>(call, view?.Value);
        var result = await filters.InvokeAsync(context, token => resolve(call.Services).MutateAsync(context, token), cancellationToken);
        if (result is not { Decision: AdmissionDecision.Allow })
        {
            return result;
        }

        if (view is null)
        {
            return context.IsEditedWithoutObject ? AdmissionResult.Fail($"{Name} edited a deletion, where the API server accepts no patch") : result;
        }

        session.Commit(view, context.Object, context.PatchOrNull);
        return result;
    }

    // Each of several mutators has its view alone.
    private static MemoryCharge Charge(PatchSession session, AdmissionCall call) =>
        call.Memory is null ? default : MemoryCharge.Take(call.Memory, DecodingCost.OfView(session.Current.Span, ModelSize.Of(TypeInfo(call))));

    private static JsonTypeInfo<T> TypeInfo(AdmissionCall call) => (JsonTypeInfo<T>)call.Json.Options.GetTypeInfo(typeof(T));

    private static ObjectView<T> Open(PatchSession session, AdmissionCall call)
    {
        var member = call.Request.Object.IsEmpty ? "oldObject" : "object";
        try
        {
            return session.Open(TypeInfo(call));
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or ReviewMemoryException))
        {
            // Converters throw exceptions of many types, which all mean the same.
            throw new UndecodableObjectException(member, typeof(T), call.Json.Options, exception);
        }
    }
}
