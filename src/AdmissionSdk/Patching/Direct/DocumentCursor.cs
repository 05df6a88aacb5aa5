using AdmissionSdk.Patching.Apply;

namespace AdmissionSdk.Patching.Direct;

/// <summary>The place of a walk through a view, and the value of the document there, found only when something at the place has changed.</summary>
internal sealed class DocumentCursor(PatchDocument document)
{
    private Step[] _steps = new Step[16];

    /// <summary>The number of steps from the root.</summary>
    public int Depth { get; private set; }

    /// <summary>Goes into a member.</summary>
    public void Enter(string name) => Push(new Step { Name = name });

    /// <summary>Goes into an element of a list that had <paramref name="count"/> elements.</summary>
    public void Enter(int index, int count) => Push(new Step { Index = index, Count = count });

    public void Leave() => Depth--;

    /// <summary>Finds the document's value at this place; null if the document's shape is not the view's.</summary>
    public PatchNode? Find() => Find(Depth);

    private PatchNode? Find(int depth)
    {
        if (depth == 0)
        {
            return document.Root;
        }

        ref var step = ref _steps[depth - 1];
        if (step.Node is null && Find(depth - 1) is { } parent)
        {
            step.Node = step.Name is not null
                ? parent.IsObject ? parent.Members.Find(step.Name) : null
                : parent.IsArray && parent.Count == step.Count ? parent[step.Index] : null;
        }

        return step.Node;
    }

    private void Push(in Step step)
    {
        if (Depth == _steps.Length)
        {
            Array.Resize(ref _steps, Depth * 2);
        }

        _steps[Depth++] = step;
    }

    private struct Step
    {
        public string? Name { get; init; }

        public int Index { get; init; }

        public int Count { get; init; }

        public PatchNode? Node { get; set; }
    }
}
