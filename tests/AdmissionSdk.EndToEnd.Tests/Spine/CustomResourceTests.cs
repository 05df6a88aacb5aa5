using System.Text.Json.Nodes;
using AdmissionSdk.EndToEnd.Tests.Spine.Support;
using AdmissionSdk.EndToEnd.Tests.Support;

namespace AdmissionSdk.EndToEnd.Tests.Spine;

/// <summary>A custom resource whose schema has fields that our class lacks: these fields must reach storage on the right element.</summary>
/// <remarks>Covers <see cref="MutationContext{TObject}"/>, <see cref="AdmissionSdk.Patching.PatchSession"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class CustomResourceTests(ApiServerSession session)
{
    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: gadgets.spine.example.com
        spec:
          group: spine.example.com
          scope: Namespaced
          names: { plural: gadgets, singular: gadget, kind: Gadget }
          versions:
            - name: v1
              served: true
              storage: true
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    spec:
                      type: object
                      properties:
                        color: { type: string }
                        futureField: { type: string }
                        parts:
                          type: array
                          items:
                            type: object
                            properties:
                              name: { type: string }
                              size: { type: integer }
                              futureField: { type: string }
        """;

    [ApiServerFact]
    public async Task Create_InsertAtTheHeadAndRemoveFromTheMiddle_UnknownFieldsAreStoredOnTheirElements()
    {
        await session.Server.ApplyCrdAsync(Definition);
        await using var run = await WebhookRun.StartAsync(session.Server, webhooks => webhooks.AddMutator<Gadget>("gadgets.spine.example.com", context =>
        {
            var spec = context.Object.Spec!;
            spec.Color = "red";
            spec.Parts!.Insert(0, new GadgetPart { Name = "injected", Size = 9 });
            spec.Parts.RemoveAt(2);
            spec.Parts[1].Name = "renamed";
            return AdmissionResult.Allow();
        }));
        var path = $"apis/spine.example.com/v1/namespaces/{run.Namespace}/gadgets";
        const string gadget = """
            {"apiVersion":"spine.example.com/v1","kind":"Gadget","metadata":{"name":"g"},"spec":{"futureField":"on spec","parts":[
             {"name":"a","size":1,"futureField":"on a"},{"name":"b","size":2,"futureField":"on b"},{"name":"c","size":3,"futureField":"on c"}]}}
            """;

        var stored = JsonNode.Parse(await RawRequests.PostAsync(run.Client, path, gadget))!["spec"]!;

        Assert.Equal(("red", "on spec"), (stored["color"]!.GetValue<string>(), stored["futureField"]!.GetValue<string>()));
        Assert.Equal(
            ["injected ", "renamed on a", "c on c"],
            stored["parts"]!.AsArray().Select(part => $"{part!["name"]} {part["futureField"]}"));
    }
}
