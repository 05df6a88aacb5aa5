using System.Text.Json.Nodes;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>One call of a scenario's webhook; Number counts the calls of the webhook from 1.</summary>
internal sealed record ScenarioCall(JsonObject Review, int Number)
{
    public JsonObject Request => Review["request"]!.AsObject();

    public string Uid => Request["uid"]!.GetValue<string>();

    public string ApiVersion => Review["apiVersion"]!.GetValue<string>();
}
