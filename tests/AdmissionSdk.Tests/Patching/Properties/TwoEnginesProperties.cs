using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Diff;
using AdmissionSdk.Patching.Direct;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Serialization;
using AdmissionSdk.Tests.Patching.Support;
using k8s.Models;
using Xunit.Abstractions;

namespace AdmissionSdk.Tests.Patching.Properties;

/// <summary>
/// The engine that changes a document in place gives the bytes that the engine gives which compares texts (<see cref="TestDocument"/> compares each edit of each
/// property), and takes over the edits that authors make.
/// </summary>
/// <remarks>Covers <see cref="DirectEdit"/>, <see cref="ModelPlan"/>, <see cref="ModelPlanner"/>, <see cref="ModelSnapshot"/>, <see cref="DocumentDiff"/>, <see cref="DocumentCursor"/>, <see cref="PendingEdit"/>, <see cref="SnapshotGraph"/>, <see cref="MapEntries"/>, <see cref="ValueWriter"/>.</remarks>
public sealed class TwoEnginesProperties(ITestOutputHelper output)
{
    private static readonly Dictionary<string, Action<V1Pod, int>> Commonest = new()
    {
        ["a scalar changed in every container"] = (pod, seed) =>
        {
            foreach (var container in pod.Spec.Containers)
            {
                container.Image = $"registry.example.com/{seed}";
            }
        },
        ["a label and an annotation set"] = (pod, seed) =>
        {
            (pod.Metadata.Labels ??= new Dictionary<string, string>())["team/" + (seed % 3)] = $"{seed}";
            (pod.Metadata.Annotations ??= new Dictionary<string, string>())["a~b"] = "é";
        },
        ["a sidecar and its volume appended"] = (pod, seed) =>
        {
            pod.Spec.Containers.Add(new V1Container { Name = $"sidecar-{seed}", Image = "proxy" });
            (pod.Spec.Volumes ??= []).Add(new V1Volume { Name = $"v{seed}", EmptyDir = new V1EmptyDirVolumeSource() });
        },
        ["a default filled in"] = (pod, _) =>
        {
            pod.Spec.SecurityContext ??= new V1PodSecurityContext();
            pod.Spec.SecurityContext.RunAsNonRoot ??= true;
            pod.Spec.AutomountServiceAccountToken = false;
        },
        ["an environment variable first"] = (pod, seed) =>
        {
            foreach (var container in pod.Spec.Containers)
            {
                (container.Env ??= []).Insert(0, new V1EnvVar { Name = $"E{seed}", Value = "1" });
            }
        },
    };

    [Fact]
    public void Edits_TheFiveCommonest_NearlyAllNeedNoTexts()
    {
        var pod = TestDocument.All[0];
        var info = (JsonTypeInfo<V1Pod>)ObjectJson.Default.GetTypeInfo(typeof(V1Pod));
        foreach (var (name, edit) in Commonest)
        {
            var (direct, all) = (0, 0);
            EditCase.ForAll(output, @case =>
            {
                var raw = pod.WithUnknownFields(new Random(@case.Document));
                var (patch, directEdits) = Run(raw, info, view => edit(view, @case.Document), comparesTexts: false);
                Assert.Equal(Run(raw, info, view => edit(view, @case.Document), comparesTexts: true).Patch, patch);
                Assert.NotEqual("", patch);
                direct += directEdits;
                all++;
            });
            output.WriteLine($"{name}: {100.0 * direct / all:0.0} % without texts");
            Assert.True(direct > 0.9 * all, $"{name}: {direct} of {all}");
        }
    }

    [Fact]
    public void Edits_OfAllKinds_ManyNeedNoTexts()
    {
        EditCase.ForAll(output, @case => @case.Run(), mostEdits: 1);
        output.WriteLine(EngineShare.Describe());

        // The share of one random edit each, moves and copies included. Types with setters of their own are always compared as texts.
        Assert.True(EngineShare.Of("pod") > 0.4, EngineShare.Describe());
        Assert.True(EngineShare.Of("deployment") > 0.4, EngineShare.Describe());
    }

    [Fact]
    public void Chain_OfEditsInPlace_GivesTheBytesOfTheReference() => EditCase.ForAll(output, @case =>
    {
        var document = @case.Of;
        var raw = document.WithUnknownFields(new Random(@case.Document));
        Action<object>[] edits = [.. @case.Edits.Select(edit => (Action<object>)(root => RandomEditor.Edit(root, document.TypeInfo, edit)))];
        var (result, patch) = document.RunChain(raw, edits);
        var (expected, reference) = document.RunChain(raw, edits, comparesTexts: true);

        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), JsonNode.Parse(result)!.ToJsonString());
        Assert.Equal(Encoding.UTF8.GetString(reference.Json.Span), Encoding.UTF8.GetString(patch.Json.Span));
    });

    private static (string Patch, int DirectEdits) Run(byte[] raw, JsonTypeInfo<V1Pod> info, Action<V1Pod> edit, bool comparesTexts)
    {
        var session = new PatchSession(raw, PatchLimits.Default) { ComparesTexts = comparesTexts };
        var view = session.Open(info);
        edit(view.Value);
        session.Commit(view, view.Value, explicitEdits: null);
        return (Encoding.UTF8.GetString(session.Finish().Json.Span), session.DirectEdits);
    }
}
