namespace AdmissionSdk;

/// <summary>The reasons Kubernetes itself uses for faults in fields (<c>metav1.CauseType</c>).</summary>
public static class FieldErrorReasons
{
    /// <summary>The value is not allowed.</summary>
    public const string Invalid = "FieldValueInvalid";

    /// <summary>The value is missing.</summary>
    public const string Required = "FieldValueRequired";

    /// <summary>The value is not one of those supported.</summary>
    public const string NotSupported = "FieldValueNotSupported";

    /// <summary>The value may not be set here.</summary>
    public const string Forbidden = "FieldValueForbidden";

    /// <summary>The value must be unique and is not.</summary>
    public const string Duplicate = "FieldValueDuplicate";

    /// <summary>The value names something that does not exist.</summary>
    public const string NotFound = "FieldValueNotFound";
}
