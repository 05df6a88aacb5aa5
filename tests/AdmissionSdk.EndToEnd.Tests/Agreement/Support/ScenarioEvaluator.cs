using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Simulation;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>The few CEL expressions of the scenarios, evaluated by hand for the simulator, which has no CEL.</summary>
internal sealed class ScenarioEvaluator : IMatchConditionEvaluator
{
    public const string KeyIsV = "object.data.k == 'v'";
    public const string ReadsAbsent = "object.data.absent == 'x'";
    public const string IsCreateByResource = "request.operation == 'CREATE' && request.resource.version == 'v1' && request.kind.version == 'v1beta1'";
    public const string NoOldObject = "oldObject == null && namespaceObject == null";

    public bool Evaluate(string expression, JsonObject variables) => expression switch
    {
        "true" => true,
        "false" => false,
        KeyIsV => (string?)variables["object"]!["data"]!["k"] == "v",
        ReadsAbsent => throw new InvalidOperationException("no such key: absent"),
        IsCreateByResource => (string?)variables["request"]!["operation"] == "CREATE"
            && (string?)variables["request"]!["resource"]!["version"] == "v1" && (string?)variables["request"]!["kind"]!["version"] == "v1beta1",
        NoOldObject => variables["oldObject"] is null && variables["namespaceObject"] is null,
        _ => throw new NotSupportedException(expression),
    };
}
