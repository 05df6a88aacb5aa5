using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Contexts;
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
        using var view = Open(session, call);
        var context = new MutationContext<T>(call, view.Value);
        var result = await filters.InvokeAsync(context, token => resolve(call.Services).MutateAsync(context, token), cancellationToken);
        if (result is { Decision: AdmissionDecision.Allow })
        {
            session.Commit(view, context.Object, context.PatchOrNull);
        }

        return result;
    }

    private static ObjectView<T> Open(PatchSession session, AdmissionCall call)
    {
        var member = call.Request.Object.IsEmpty ? "oldObject" : "object";
        DecodingCost.ThrowIfTooHigh(session.Current.Span, member, typeof(T));
        try
        {
            return session.Open((JsonTypeInfo<T>)call.Json.Options.GetTypeInfo(typeof(T)));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Converters throw exceptions of many types, which all mean the same.
            throw new UndecodableObjectException(member, typeof(T), exception);
        }
    }
}
