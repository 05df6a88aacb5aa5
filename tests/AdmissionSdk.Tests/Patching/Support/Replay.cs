using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Serialization;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>Runs an edit through the patch engine, as the dispatcher does.</summary>
internal static class Replay
{
    /// <summary>The object after the edit, and the patch that makes it so.</summary>
    public static (JsonNode Result, string Patch) Run<T>(string raw, Action<MutationContext<T>> edit)
        where T : class
    {
        var bytes = Encoding.UTF8.GetBytes(raw);
        var session = new PatchSession(bytes, PatchLimits.Default);
        Apply(session, edit);
        var patch = session.Finish();
        var text = Encoding.UTF8.GetString(patch.Json.Span);
        Assert.Equal(CompareTexts(bytes, edit), text);
        var result = patch.OperationCount == 0 ? bytes : JsonPatch.Parse(patch.Json.Span).Apply(bytes);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(session.Current.Span), JsonNode.Parse(result)));
        return (JsonNode.Parse(result)!, text);
    }

    /// <summary>The patch that the engine makes which compares whole texts: the reference.</summary>
    private static string CompareTexts<T>(byte[] raw, Action<MutationContext<T>> edit)
        where T : class
    {
        var session = new PatchSession(raw, PatchLimits.Default) { ComparesTexts = true };
        Apply(session, edit);
        return Encoding.UTF8.GetString(session.Finish().Json.Span);
    }

    public static void Apply<T>(PatchSession session, Action<MutationContext<T>> edit)
        where T : class
    {
        var view = session.Open((JsonTypeInfo<T>)ObjectJson.Default.GetTypeInfo(typeof(T)));
        var request = new AdmissionSdk.Reviews.AdmissionRequest { Uid = "1", Object = session.Current };
        var call = new AdmissionSdk.Contexts.AdmissionCall(request, "test", AdmissionJson.Default, EmptyServices.Instance);
        var context = new MutationContext<T>(call, view.Value);
        edit(context);
        session.Commit(view, context.Object, context.PatchOrNull);
    }

    /// <summary>A pod with this spec, the braces left out.</summary>
    public static string Pod(string spec) =>
        """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{""" + spec + "}}";
}
