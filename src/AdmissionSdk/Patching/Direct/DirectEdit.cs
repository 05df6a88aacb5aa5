using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Patching.Reading;

namespace AdmissionSdk.Patching.Direct;

/// <summary>
/// Finds an author's edit by comparing the view with its snapshot, and makes the same edit on the document: values set or removed, elements added to a list or
/// taken out of it. An edit that moves anything, or that the snapshot cannot tell, is left to <see cref="Replay.EditReplay"/>, which has the same results.
/// </summary>
internal sealed partial class DirectEdit
{
    // A longer list of plain values is compared as text.
    private const int LargestPlainList = 64;

    private readonly ModelSnapshot _snapshot;
    private readonly PatchLimits _limits;
    private readonly DocumentCursor _cursor;
    private readonly List<PendingEdit> _edits = [];

    // The objects of the snapshot, made when a new object turns up.
    private HashSet<object>? _known;
    private bool _isGivenUp;

    private DirectEdit(ModelSnapshot snapshot, PatchDocument document, PatchLimits limits)
    {
        _snapshot = snapshot;
        _limits = limits;
        _cursor = new DocumentCursor(document);
    }

    /// <summary>Takes over an edit.</summary>
    /// <returns>The number of changes made to the document; null, and none made, if the edit is for the other engine.</returns>
    public static int? TryApply(ModelSnapshot snapshot, ModelPlan plan, object edited, PatchDocument document, PatchLimits limits)
    {
        var edit = new DirectEdit(snapshot, document, limits);
        try
        {
            edit.CompareContainers(0, edited, plan);
        }
        catch (Exception exception) when (exception is InvalidCastException or InvalidOperationException or InsufficientExecutionStackException)
        {
            // A collection of the author's own that does not do what its type promises, or a model that holds itself.
            return null;
        }

        if (edit._isGivenUp)
        {
            return null;
        }

        foreach (var change in edit._edits)
        {
            change.Apply();
        }

        return edit._edits.Count;
    }

    /// <summary>Compares two values in the same place, neither of which is null.</summary>
    /// <returns>False if the value has become another as a whole.</returns>
    private bool CompareInPlace(int at, object now, ModelPlan plan)
    {
        var was = _snapshot[at].Value!;
        switch (plan.Kind)
        {
            case PlanKind.Plain:
                return PlainValues.AreSame(was, now) || LooksSame(was, now, plan);
            case PlanKind.Text or PlanKind.Bytes:
                _isGivenUp |= !IsUnedited(at);
                return ReferenceEquals(was, now) || (!IsKnown(now) && LooksSame(was, now, plan));
            case PlanKind.Node when (was, now) is not ((JsonObject, JsonObject) or (JsonArray, JsonArray)):
                return ReferenceEquals(was, now) || (!IsKnown(now) && now is JsonValue && was is JsonValue && LooksSame(was, now, plan));
            default:
                CompareContainers(at, now, plan);
                return true;
        }
    }

    private void CompareContainers(int at, object now, ModelPlan plan)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (_snapshot[at].Value is IDeferred deferred)
        {
            // Nobody used it, or there is nothing to compare it with.
            _isGivenUp |= deferred.IsRead || !ReferenceEquals(deferred, now);
            return;
        }

        if (!ReferenceEquals(_snapshot[at].Value, now) && IsKnown(now))
        {
            // From elsewhere: it brings the fields that the view does not show.
            GiveUp();
        }

        if (_isGivenUp)
        {
            return;
        }

        switch (plan.Kind)
        {
            case PlanKind.Object:
                CompareMembers(at, now, plan);
                break;
            case PlanKind.Map:
                CompareMaps(at, now, plan.Element!);
                break;
            case PlanKind.List:
                CompareLists(at, now, plan.Element!);
                break;
            case PlanKind.Node when now is JsonObject:
                CompareMaps(at, now, plan);
                break;
            case PlanKind.Node when now is JsonArray:
                CompareLists(at, now, plan);
                break;
            default:
                GiveUp();
                break;
        }
    }

    private void CompareMembers(int at, object now, ModelPlan plan)
    {
        var next = at + 1;
        var end = _snapshot[at].End;
        for (var i = 0; i < plan.Members.Length && !_isGivenUp; i++)
        {
            var member = plan.Members[i];
            var value = member.Get(now);
            if (next < end && _snapshot[next].Number == i)
            {
                CompareMember(next, value, member);
                next = _snapshot[next].End;
            }
            else if (value is not null && member.IsShown(value))
            {
                Set(member.Name, value, member.Plan, member.IsWritable, wasNull: true);
            }
        }
    }

    private void CompareMember(int at, object? now, PlanMember member)
    {
        if (now is not null)
        {
            _cursor.Enter(member.Name);
            var isSame = CompareInPlace(at, now, member.Plan);
            _cursor.Leave();
            if (isSame)
            {
                return;
            }
        }

        if (member.IsShown(now))
        {
            Set(member.Name, now, member.Plan, member.IsWritable, wasNull: false);
        }
        else if (member.IsShown(_snapshot[at].Value))
        {
            Remove(member.Name);
        }
    }

    private void CompareMaps(int at, object now, ModelPlan plan)
    {
        if (HasSameNames(at, now))
        {
            var next = at + 1;
            foreach (var (name, value) in new MapEntries(now))
            {
                CompareEntry(next, name, value, plan);
                next = _snapshot[next].End;
            }

            return;
        }

        var (kept, end) = (0, _snapshot[at].End);
        HashSet<string> names = new(StringComparer.Ordinal);
        for (var next = at + 1; next < end && !_isGivenUp; next = _snapshot[next].End)
        {
            var name = _snapshot[next].Text!;
            names.Add(name);
            if (MapEntries.TryGet(now, name, out var value))
            {
                kept++;
                CompareEntry(next, name, value, plan);
            }
            else
            {
                Remove(name);
            }
        }

        if (kept == MapEntries.Count(now))
        {
            return;
        }

        foreach (var (name, value) in new MapEntries(now))
        {
            if (!names.Contains(name))
            {
                Set(name, value, plan, isWritable: true, wasNull: true);
            }
        }
    }

    private bool HasSameNames(int at, object now)
    {
        var (next, end) = (at + 1, _snapshot[at].End);
        foreach (var (name, _) in new MapEntries(now))
        {
            if (next >= end || !string.Equals(_snapshot[next].Text, name, StringComparison.Ordinal))
            {
                return false;
            }

            next = _snapshot[next].End;
        }

        return next == end;
    }

    private void CompareEntry(int at, string name, object? now, ModelPlan plan)
    {
        var was = _snapshot[at].Value;
        if (was is null && now is null)
        {
            return;
        }

        if (was is not null && now is not null)
        {
            _cursor.Enter(name);
            var isSame = CompareInPlace(at, now, plan);
            _cursor.Leave();
            if (isSame)
            {
                return;
            }
        }

        Set(name, now, plan, isWritable: true, wasNull: was is null);
    }

    private void Set(string name, object? value, ModelPlan plan, bool isWritable, bool wasNull)
    {
        if (_cursor.Find() is not { IsObject: true } target || !isWritable || Write(value, plan) is not { } text)
        {
            GiveUp();
            return;
        }

        if (wasNull && target.Members.Find(name) is { IsObject: true } or { IsArray: true })
        {
            // The view shows null where the document has more.
            GiveUp();
            return;
        }

        _edits.Add(new PendingEdit(PendingVerb.Set, target, name, Index: 0, text));
    }

    private void Remove(string name)
    {
        if (_cursor.Find() is not { IsObject: true } target)
        {
            GiveUp();
            return;
        }

        _edits.Add(new PendingEdit(PendingVerb.Remove, target, name, Index: 0, default));
    }

    private byte[]? Write(object? value, ModelPlan plan)
    {
        // The members of a JsonElement are compared one by one.
        if (plan.TypeInfo?.Type is not { } type || type == typeof(object) || (Nullable.GetUnderlyingType(type) ?? type) == typeof(JsonElement))
        {
            return null;
        }

        var text = ValueWriter.TryWrite(value, plan, _limits.MaxDepth - _cursor.Depth - 1);
        return text is not null && (value is null || !HoldsKnown(value, plan)) ? text : null;
    }

    private bool LooksSame(object was, object now, ModelPlan plan) =>
        plan.TypeInfo is not null && plan.TypeInfo.Type != typeof(object)
        && ValueWriter.TryWrite(was, plan, _limits.MaxDepth) is { } old && ValueWriter.TryWrite(now, plan, _limits.MaxDepth) is { } @new
        && old.AsSpan().SequenceEqual(@new);

    private void GiveUp() => _isGivenUp = true;
}
