#region handlers-crd
using AdmissionSdk;
using k8s;
using k8s.Models;

[KubernetesEntity(Group = "shop.example.com", ApiVersion = "v1", Kind = "Order", PluralName = "orders")]
public sealed class Order : IKubernetesObject<V1ObjectMeta>
{
    public string? ApiVersion { get; set; }
    public string? Kind { get; set; }
    public V1ObjectMeta Metadata { get; set; } = new();
    public OrderSpec? Spec { get; set; }
    public OrderStatus? Status { get; set; }
}

public sealed class OrderSpec
{
    public int? Priority { get; set; }       // nullable: absent and 0 are two things
    public TimeSpan? Deadline { get; set; }  // a duration as Go writes it
    public ResourceQuantity? Weight { get; set; }

    [PatchMergeKey("sku")]                   // tells the elements apart when the list is built anew
    public IList<OrderLine>? Lines { get; set; }
}

public sealed class OrderLine
{
    public string? Sku { get; set; }
    public int? Count { get; set; }
}

public sealed class OrderStatus
{
    public string? Phase { get; set; }
}
#endregion
