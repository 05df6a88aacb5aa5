namespace AdmissionSdk.Testing.Tests.Simulation.Support;

/// <summary>A custom resource with two versions.</summary>
internal static class Gadgets
{
    public const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: { name: gadgets.test.example.com }
        spec:
          group: test.example.com
          scope: Namespaced
          names: { kind: Gadget, plural: gadgets, singular: gadget, listKind: GadgetList }
          versions:
          - &version
            name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      size: { type: integer, default: 3 }
                      parts: { type: array, items: { type: object, properties: { name: { type: string } } } }
                      note: { type: string, nullable: true }
                      free: { type: object, x-kubernetes-preserve-unknown-fields: true, properties: { known: { type: object, properties: { a: { type: string } } } } }
                      template: { type: object, x-kubernetes-embedded-resource: true, properties: { spec: { type: object } } }
          - { <<: *version, name: v2, storage: false }
        """;

    public static string Json(string spec, string metadata = "") =>
        $$"""{"apiVersion":"test.example.com/v1","kind":"Gadget","metadata":{"name":"g"{{metadata}}},"spec":{{spec}}}""";
}
