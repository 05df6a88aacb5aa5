using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk;
using AdmissionSdk.Contexts;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Quoting;
using AdmissionSdk.Recording;
using AdmissionSdk.Reviews;
using Growth.Tests.Support;
using k8s.Models;

namespace Growth.Tests.Paths;

/// <content>Reviews read and answered, notes of handlers, text shown, patches applied, reviews recorded.</content>
public static partial class GrowthPaths
{
    private static IEnumerable<(string Name, Func<int, Action> Prepare)> Reviews()
    {
        yield return ("review: groups and extra of the user", n => Read(request => request["userInfo"] = new JsonObject
        {
            ["groups"] = Pods.List(n, i => $"g{i}"),
            ["extra"] = new JsonObject(Enumerable.Range(0, n).Select(i => KeyValuePair.Create($"e{i}", (JsonNode?)new JsonArray("v")))),
        }));
        yield return ("review: unknown members", n => Read(request =>
        {
            for (var i = 0; i < n; i++)
            {
                request[$"u{i}"] = i;
            }
        }));
        yield return ("review: causes of a denial", n => SdkReviews.Validate(Pods.Of(n, _ => "x"), context =>
            AdmissionResult.Invalid([.. context.Object.Spec.Containers.Select((_, i) => new FieldError($"spec.containers[{i}]", "no"))])));
        yield return ("notes: warnings and annotations", n => SdkReviews.Validate(Pods.Of(n, _ => "x"), context =>
        {
            for (var i = 0; i < n; i++)
            {
                context.Warn($"warning {i}");
                context.Annotate($"a{i}", "v");
            }

            return AdmissionResult.Allow();
        }));
        yield return ("notes: long warnings and annotations", n => SdkReviews.Validate(Pods.Of(1, _ => "x"), context =>
        {
            context.Warn(new string('\n', n) + "x");
            context.Annotate("a", new string('\u202e', n));
            return AdmissionResult.Deny(new string('\u001b', n) + "x");
        }));
        yield return ("text: made fit to be shown", n =>
        {
            var text = new string('\u001b', n);
            return () => ShownText.ToLine(text);
        }
        );
        yield return ("patch document: members added and removed", n =>
        {
            var document = Encoding.UTF8.GetBytes("{}");
            var operations = Enumerable.Range(0, n).Select(i => $$"""{"op":"add","path":"/m{{i}}","value":1}""")
                .Concat(Enumerable.Range(0, n).Select(i => $$"""{"op":"remove","path":"/m{{i}}"}"""));
            var patch = Encoding.UTF8.GetBytes($"[{string.Join(',', operations)}]");
            return () => JsonPatch.Parse(patch).Apply(document);
        }
        );
        yield return ("recording: a review redacted", n =>
        {
            var review = SdkReviews.Review(Pods.Of(n, _ => "x", annotations: Pods.Map(n, i => ($"a{i}", "v"))));
            return () => new ReviewRedactor(new RecordingOptions()).RedactReview(JsonNode.Parse(review)!.AsObject());
        }
        );
        yield return ("session: a review that nobody edits", n => Edit(Pods.Of(n, _ => "x"), _ => { }));
        yield return ("session: a patch checked", n =>
        {
            var pod = Encoding.UTF8.GetBytes(Pods.Of(n, _ => "x").ToJsonString());
            return () =>
            {
                var session = new PatchSession(pod, PatchLimits.Default);
                var view = session.Open((System.Text.Json.Serialization.Metadata.JsonTypeInfo<V1Pod>)AdmissionJson.Default.Options.GetTypeInfo(typeof(V1Pod)));
                foreach (var container in view.Value.Spec.Containers)
                {
                    container.Image += "y";
                }

                session.Commit(view, view.Value, null);
                session.Finish();
            };
        }
        );
        yield return ("dispatch: an update of an object that is being deleted", n =>
        {
            var review = SdkReviews.Review(Deleted(Enumerable.Range(0, n)), request =>
            {
                request["operation"] = "UPDATE";
                request["oldObject"] = Deleted(Enumerable.Range(0, n).Reverse());
            });
            return () => Assert.True(DeletionProgress.IsAll(AdmissionReviewReader.Read(review), 1000));
        }
        );
        yield return ("context: an audit key", n => () => Assert.Throws<ArgumentException>(() => AuditAnnotationKey.ThrowIfInvalid(new string('a', n) + "/")));
    }

    private static JsonObject Deleted(IEnumerable<int> members) => new(members.Select(i => KeyValuePair.Create($"m{i}", (JsonNode?)i))
        .Append(KeyValuePair.Create("metadata", (JsonNode?)new JsonObject { ["deletionTimestamp"] = "2026-01-01T00:00:00Z" })));

    private static Action Read(Action<JsonObject> edit)
    {
        var review = SdkReviews.Review(Pods.Of(1, _ => "x"), edit);
        return () => AdmissionReviewReader.Read(review);
    }
}
