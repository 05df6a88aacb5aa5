using AdmissionSdk.Patching.Apply;

namespace AdmissionSdk.Patching.Direct;

/// <summary>One change to make to a document once all changes of an edit are known.</summary>
/// <param name="Verb">The change.</param>
/// <param name="Target">The object or list that changes.</param>
/// <param name="Name">The member, in an object.</param>
/// <param name="Index">The position, in a list.</param>
/// <param name="Text">The new value.</param>
internal readonly record struct PendingEdit(PendingVerb Verb, PatchNode Target, string? Name, int Index, ReadOnlyMemory<byte> Text)
{
    public void Apply()
    {
        switch (Verb)
        {
            case PendingVerb.Set:
                Target.Members.Set(Name!, PatchNode.FromValue(Text));
                break;
            case PendingVerb.Remove:
                Target.Members.Remove(Name!);
                break;
            case PendingVerb.Change:
                Target.Elements.Change(Index, PatchNode.FromValue(Text));
                break;
            case PendingVerb.Insert:
                Target.Elements.Insert(Index, PatchNode.FromValue(Text));
                break;
            case PendingVerb.RemoveAt:
                Target.Elements.RemoveAt(Index);
                break;
        }
    }
}
