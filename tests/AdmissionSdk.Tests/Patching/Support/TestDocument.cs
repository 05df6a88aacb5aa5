using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Diff;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Patching.Replay;
using AdmissionSdk.Serialization;
using k8s.Models;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>A kind to test with: its document, and how to run an edit on it whatever its type.</summary>
internal abstract class TestDocument(string name)
{
    public static IReadOnlyList<TestDocument> All { get; } =
    [
        new Typed<V1Pod>("pod"), new Typed<V1Deployment>("deployment"), new Typed<V1CronJob>("cronjob"), new Typed<V1Service>("service"),
        new Typed<V1Ingress>("ingress"), new Typed<V1Namespace>("namespace"), new Typed<V1CustomResourceDefinition>("crd"), new Typed<Widget>("widget"),
    ];

    public string Name { get; } = name;

    public byte[] Json { get; } = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "objects", name + ".json"));

    public abstract JsonTypeInfo TypeInfo { get; }

    /// <summary>The places, as JSON Pointers, of objects that can hold members the model does not know.</summary>
    public IReadOnlyList<string> OpenPlaces => _openPlaces ??= [.. Places.Of(Graph(Json)).Where(place => place.IsObject).Select(place => place.Pointer)];

    private IReadOnlyList<string>? _openPlaces;

    /// <summary>The document with an unknown member, told apart by a number, in some of its objects.</summary>
    public byte[] WithUnknownFields(Random random)
    {
        var document = JsonNode.Parse(Json)!;
        var id = 0;
        foreach (var pointer in OpenPlaces)
        {
            if (random.Next(3) == 0 && Places.Find(document, pointer) is JsonObject place)
            {
                place.Insert(random.Next(place.Count + 1), Places.UnknownName, new JsonObject { ["id"] = id++ });
            }
        }

        return System.Text.Encoding.UTF8.GetBytes(document.ToJsonString(Places.Relaxed));
    }

    /// <summary>Every object of the view of a document.</summary>
    public abstract IReadOnlyList<GraphNode> Graph(byte[] json);

    /// <summary>Opens a view, lets it be edited, and commits it.</summary>
    public abstract EditRun Run(byte[] json, Action<object> edit);

    /// <summary>The same for several edits, each on the result of the one before, and one patch.</summary>
    public abstract (byte[] Result, PatchResult Patch) RunChain(byte[] json, IReadOnlyList<Action<object>> edits, bool comparesTexts = false);

    private sealed class Typed<T>(string name) : TestDocument(name)
        where T : class
    {
        private static readonly JsonTypeInfo<T> Info = (JsonTypeInfo<T>)ObjectJson.Default.GetTypeInfo(typeof(T));

        public override JsonTypeInfo TypeInfo => Info;

        public override IReadOnlyList<GraphNode> Graph(byte[] json) =>
            ObjectGraph.Walk(System.Text.Json.JsonSerializer.Deserialize(json, Info)!, Info);

        public override EditRun Run(byte[] json, Action<object> edit)
        {
            var session = new PatchSession(json, PatchLimits.Default);
            var (run, reference) = (Run(session, json, edit), Run(new PatchSession(json, PatchLimits.Default) { ComparesTexts = true }, json, edit));
            EngineShare.Count(Name, session.DirectEdits, run.Patch.OperationCount);
            Assert.Equal(reference.PatchText, run.PatchText);
            return run;
        }

        private static EditRun Run(PatchSession session, byte[] json, Action<object> edit)
        {
            var view = session.Open(Info);
            edit(view.Value);
            session.Commit(view, view.Value, explicitEdits: null);
            var after = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(view.Value, Info);
            return new EditRun(json, view.Before, view.Graph, after, ObjectGraph.Walk(view.Value, Info), session.Current.ToArray(), session.Finish());
        }

        public override (byte[] Result, PatchResult Patch) RunChain(byte[] json, IReadOnlyList<Action<object>> edits, bool comparesTexts = false)
        {
            var session = new PatchSession(json, PatchLimits.Default) { ComparesTexts = comparesTexts };
            foreach (var edit in edits)
            {
                var view = session.Open(Info);
                edit(view.Value);
                session.Commit(view, view.Value, explicitEdits: null);
            }

            return (session.Current.ToArray(), session.Finish());
        }
    }
}
