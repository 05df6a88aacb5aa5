using System.Text.Json.Nodes;
using k8s.Models;

namespace AdmissionSdk.Patching.Direct;

/// <content>Objects that the snapshot knows, and objects that it does not know.</content>
internal sealed partial class DirectEdit
{
    /// <summary>Tells if a value that can be edited still holds what it held.</summary>
    private bool IsUnedited(int at) => _snapshot[at].Value switch
    {
        IntOrString either => _snapshot[at + 1].Text == either.Value,
        ResourceQuantity quantity => _snapshot[at + 1].Number == (int)quantity.Format,
        byte[] bytes => bytes.AsSpan().SequenceEqual((byte[])_snapshot[at + 1].Value!),
        _ => false,
    };

    private bool IsKnown(object value)
    {
        if (_known is null)
        {
            _known = new HashSet<object>(ReferenceEqualityComparer.Instance);
            foreach (ref readonly var slot in _snapshot.Slots)
            {
                if (slot.Value is not null and not string)
                {
                    _known.Add(slot.Value);
                }
            }
        }

        return _known.Contains(value);
    }

    /// <summary>Tells if an object of the snapshot stands in a new value: it would bring the fields that the view does not show.</summary>
    private bool HoldsKnown(object value, ModelPlan plan)
    {
        if (plan.Kind == PlanKind.Plain)
        {
            return false;
        }

        if (IsKnown(value))
        {
            return true;
        }

        switch (plan.Kind)
        {
            case PlanKind.Object:
                return Array.Exists(plan.Members, member => member.Get(value) is { } child && HoldsKnown(child, member.Plan));
            case PlanKind.Map:
                foreach (var (_, item) in new MapEntries(value))
                {
                    if (item is not null && HoldsKnown(item, plan.Element!))
                    {
                        return true;
                    }
                }

                return false;
            case PlanKind.Node when value is JsonObject json:
                return json.Any(member => member.Value is { } child && HoldsKnown(child, plan));
            case PlanKind.List or PlanKind.Node when value is not JsonValue:
                var items = new ListItems(value);
                for (var i = 0; i < items.Count; i++)
                {
                    if (items[i] is { } item && HoldsKnown(item, plan.Element ?? plan))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return false;
        }
    }
}
