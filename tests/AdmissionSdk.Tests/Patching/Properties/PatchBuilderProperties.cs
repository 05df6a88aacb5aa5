using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Diff;
using AdmissionSdk.Patching.Explicit;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Serialization;
using AdmissionSdk.Tests.Patching.Support;
using Xunit.Abstractions;

namespace AdmissionSdk.Tests.Patching.Properties;

/// <summary>Edits by path do the same as edits by hand, after edits in place too.</summary>
/// <remarks>Covers <see cref="PatchBuilder{T}"/>, <see cref="PatchEditor"/>, <see cref="PatchDocument"/>, <see cref="PatchNode"/>, <see cref="PatchMembers"/>, <see cref="PatchElements"/>, <see cref="DocumentDiff"/>.</remarks>
public sealed class PatchBuilderProperties(ITestOutputHelper output)
{
    private static readonly JsonTypeInfo<JsonObject> Info = (JsonTypeInfo<JsonObject>)ObjectJson.Default.GetTypeInfo(typeof(JsonObject));

    [Fact]
    public void Patch_AnyVerbs_DoWhatIsDoneByHand() => EditCase.ForAll(output, @case =>
    {
        var raw = @case.Of.WithUnknownFields(new Random(@case.Document));
        var (text, expected) = Run(@case, raw, comparesTexts: false);
        Assert.Equal(Run(@case, raw, comparesTexts: true).Patch, text);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(text.Length == 0 ? raw : JsonPatch.Parse(Encoding.UTF8.GetBytes(text)).Apply(raw))), text);
    });

    private static (string Patch, JsonObject Expected) Run(EditCase @case, byte[] raw, bool comparesTexts)
    {
        var session = new PatchSession(raw, PatchLimits.Default) { ComparesTexts = comparesTexts };
        var view = session.Open(Info);
        if (@case.Document % 2 == 0)
        {
            JsonNodeEditor.Edit(view.Value, @case.Document);
        }

        var patch = new PatchBuilder<JsonObject>(ObjectJson.Default);
        var expected = view.Value.DeepClone().AsObject();
        foreach (var edit in @case.Edits)
        {
            PointerEditor.Edit(expected, patch, edit);
        }

        session.Commit(view, view.Value, patch);

        return (Encoding.UTF8.GetString(session.Finish().Json.Span), expected);
    }
}
