namespace AdmissionSdk.EndToEnd.Tests.Conformance.Support;

/// <summary>The custom resources of the conformance tests.</summary>
internal static class SampleDefinition
{
    public static string Kept(string plural) => Yaml(plural, "{ type: object, x-kubernetes-preserve-unknown-fields: true }");

    /// <summary>A schema that knows only the first stage, so that the second one is pruned.</summary>
    public static string Pruning(string plural) =>
        Yaml(plural, "{ type: object, properties: { mutation-start: { type: string }, mutation-stage-1: { type: string } } }");

    public static string TwoVersions(string plural, string stored) => $$"""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: { name: {{plural}}.conformance.example.com }
        spec:
          group: conformance.example.com
          scope: Namespaced
          names: { plural: {{plural}}, singular: {{plural}}, kind: {{plural}} }
          versions:
            - { name: v1, served: true, storage: {{(stored == "v1" ? "true" : "false")}}, schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } } }
            - { name: v2, served: true, storage: {{(stored == "v2" ? "true" : "false")}}, schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } } }
        """;

    private static string Yaml(string plural, string data) => $$"""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: { name: {{plural}}.conformance.example.com }
        spec:
          group: conformance.example.com
          scope: Namespaced
          names: { plural: {{plural}}, singular: {{plural}}, kind: {{plural}} }
          versions:
            - name: v1
              served: true
              storage: true
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    data: {{data}}
        """;
}
