using AdmissionSdk.Patching.Replay;

namespace AdmissionSdk.Patching.Direct;

/// <summary>Lists the objects of a snapshot with their places, as <see cref="ObjectGraph"/> would have listed the objects of the view.</summary>
internal sealed class SnapshotGraph
{
    private readonly SnapshotSlot[] _slots;
    private readonly List<GraphNode> _nodes = [];

    private SnapshotGraph(ReadOnlySpan<SnapshotSlot> slots) => _slots = slots.ToArray();

    public static IReadOnlyList<GraphNode> Of(ModelSnapshot snapshot, ModelPlan plan)
    {
        var graph = new SnapshotGraph(snapshot.Slots);
        graph.Visit(0, new GraphNode { Reference = graph._slots[0].Value!, Parent = -1, TypeInfo = plan.GraphInfo }, plan);
        return graph._nodes;
    }

    private void Visit(int at, in GraphNode node, ModelPlan plan)
    {
        var self = _nodes.Count;
        _nodes.Add(node);
        if (plan.Kind is PlanKind.Text or PlanKind.Bytes)
        {
            return;
        }

        var position = 0;
        for (var next = at + 1; next < _slots[at].End; next = _slots[next].End)
        {
            ref readonly var slot = ref _slots[next];
            var index = position++;
            if (slot.Value is not { } value)
            {
                continue;
            }

            if (plan.Kind == PlanKind.Object)
            {
                var member = plan.Members[slot.Number];
                if (member.HasIdentity)
                {
                    var info = member.IsWritable ? member.Plan.GraphInfo : null;
                    Visit(next, new GraphNode { Reference = value, Parent = self, Name = member.Name, Key = member.Key, TypeInfo = info }, member.Plan);
                }
            }
            else if ((plan.Element ?? plan) is var child && (child.Kind == PlanKind.Node || ModelShape.HasIdentity(child.TypeInfo!.Type)))
            {
                Visit(next, new GraphNode { Reference = value, Parent = self, Name = slot.Text, Index = slot.Text is null ? index : 0, TypeInfo = child.GraphInfo }, child);
            }
        }
    }
}
