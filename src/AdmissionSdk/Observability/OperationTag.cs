namespace AdmissionSdk.Observability;

/// <summary>The operation as a tag. Whoever posts a review chooses its text, so only the four that exist become values.</summary>
internal static class OperationTag
{
    public static string Of(Operation operation) => operation.Value switch
    {
        "CREATE" => "create",
        "UPDATE" => "update",
        "DELETE" => "delete",
        "CONNECT" => "connect",
        _ => "other",
    };
}
