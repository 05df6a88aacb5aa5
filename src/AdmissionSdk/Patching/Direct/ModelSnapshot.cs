using System.Buffers;
using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdmissionSdk.Patching.Reading;
using k8s.Models;

namespace AdmissionSdk.Patching.Direct;

/// <summary>An exact view as it was before an edit: every value, parents first, in the order of the walk. No text is made.</summary>
internal sealed class ModelSnapshot : IDisposable
{
    private SnapshotSlot[] _slots;
    private int _count;

    private ModelSnapshot(int expected) => _slots = ArrayPool<SnapshotSlot>.Shared.Rent(Math.Max(64, expected));

    /// <summary>The values, parents first.</summary>
    public ReadOnlySpan<SnapshotSlot> Slots => _slots.AsSpan(0, _count);

    public ref readonly SnapshotSlot this[int at] => ref _slots[at];

    /// <summary>Takes a snapshot of a view whose plan is exact.</summary>
    public static ModelSnapshot Take(object view, ModelPlan plan, int expectedValues)
    {
        var snapshot = new ModelSnapshot(expectedValues);
        try
        {
            snapshot.Add(view, plan, number: 0, key: null);
            return snapshot;
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        var slots = _slots;
        _slots = [];
        if (slots.Length > 0)
        {
            // The pool must not keep the view alive.
            slots.AsSpan(0, _count).Clear();
            _count = 0;
            ArrayPool<SnapshotSlot>.Shared.Return(slots);
        }
    }

    private void Add(object? value, ModelPlan plan, int number, string? key)
    {
        var self = _count;
        switch (plan.Kind)
        {
            case PlanKind.Bytes when value is byte[] bytes:
                Append(new SnapshotSlot { Value = bytes, Number = number, Text = key });
                Append(new SnapshotSlot { Value = bytes.Clone(), End = _count + 1 });
                break;
            case PlanKind.Text when value is IntOrString either:
                Append(new SnapshotSlot { Value = either, Number = number, Text = key });
                Append(new SnapshotSlot { Text = either.Value, End = _count + 1 });
                break;
            case PlanKind.Text when value is ResourceQuantity quantity:
                Append(new SnapshotSlot { Value = quantity, Number = number, Text = key });
                Append(new SnapshotSlot { Number = (int)quantity.Format, End = _count + 1 });
                break;
            default:
                Append(new SnapshotSlot { Value = value, Number = number, Text = key });
                if (value is not null and not IDeferred { IsRead: false })
                {
                    AddChildren(value, plan);
                }

                break;
        }

        _slots[self].End = _count;
    }

    private void AddChildren(object value, ModelPlan plan)
    {
        switch (plan.Kind)
        {
            case PlanKind.Object:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                var members = plan.Members;
                for (var i = 0; i < members.Length; i++)
                {
                    if (members[i].Get(value) is { } member)
                    {
                        Add(member, members[i].Plan, i, key: null);
                    }
                }

                break;
            case PlanKind.List:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                var list = (IList)value;
                for (var i = 0; i < list.Count; i++)
                {
                    Add(list[i], plan.Element!, i, key: null);
                }

                break;
            case PlanKind.Map:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                foreach (var (key, item) in new MapEntries(value))
                {
                    Add(item, plan.Element!, number: 0, key);
                }

                break;
            case PlanKind.Node:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                AddNodes((JsonNode)value, plan);
                break;
        }
    }

    private void AddNodes(JsonNode value, ModelPlan plan)
    {
        switch (value)
        {
            case JsonObject json:
                foreach (var (key, item) in new MapEntries(json))
                {
                    Add(item, plan, number: 0, key);
                }

                break;
            case JsonArray json:
                for (var i = 0; i < json.Count; i++)
                {
                    Add(json[i], plan, i, key: null);
                }

                break;
        }
    }

    private void Append(in SnapshotSlot slot)
    {
        if (_count == _slots.Length)
        {
            var larger = ArrayPool<SnapshotSlot>.Shared.Rent(_slots.Length * 2);
            _slots.AsSpan().CopyTo(larger);
            _slots.AsSpan().Clear();
            ArrayPool<SnapshotSlot>.Shared.Return(_slots);
            _slots = larger;
        }

        _slots[_count++] = slot;
    }
}
