namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>The custom resource of the scenarios.</summary>
internal static class WidgetDefinition
{
    public const string Yaml = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: { name: widgets.agreement.example.com }
        spec:
          group: agreement.example.com
          scope: Namespaced
          names: { kind: Widget, plural: widgets, singular: widget, listKind: WidgetList }
          versions:
          - name: v1
            served: true
            storage: true
            subresources: &subresources
              status: {}
              scale: { specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas }
            schema: &schema
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      replicas: { type: integer, default: 1 }
                      color: { type: string, default: blue }
                      free: { type: object, x-kubernetes-preserve-unknown-fields: true }
                      parts:
                        type: array
                        items:
                          type: object
                          properties:
                            name: { type: string }
                            size: { type: integer, default: 7 }
                  status:
                    type: object
                    x-kubernetes-preserve-unknown-fields: true
          - name: v1beta1
            served: true
            storage: false
            subresources: *subresources
            schema: *schema
        """;
}
