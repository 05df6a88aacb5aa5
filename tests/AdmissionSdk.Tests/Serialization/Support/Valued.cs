namespace AdmissionSdk.Tests.Serialization.Support;

/// <summary>A user's class that has a value as a member of every sort.</summary>
internal sealed class Valued<T>
{
    public T? Value { get; set; }

    public List<T>? List { get; set; }

    public T[]? Array { get; set; }

    public Dictionary<string, T>? Map { get; set; }
}
