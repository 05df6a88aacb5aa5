namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>An item: two with the same id and size are equal, whatever else the document says of them.</summary>
internal sealed record BasketItem
{
    public string? Id { get; set; }

    public int? Size { get; set; }

    public BasketItem? Inner { get; set; }
}
