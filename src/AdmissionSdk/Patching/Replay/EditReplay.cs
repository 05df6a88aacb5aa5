using System.Runtime.CompilerServices;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Patching.Replay;

/// <summary>
/// Replays the author's edit on the raw document. The edit is the difference between the typed view before and after the handler; everything that the
/// view does not show, or that the author did not touch, is copied from the raw document byte for byte.
/// </summary>
internal sealed class EditReplay
{
    private readonly JsonTree _raw;
    private readonly JsonTree _before;
    private readonly JsonTree _after;
    private readonly bool _trustModel;
    private readonly ListOrigins _lists;
    private readonly OriginFinder _origins;
    private readonly Composer _output;

    private EditReplay(JsonTree raw, ViewSnapshot before, ViewSnapshot after, bool trustModel)
    {
        _raw = raw;
        _before = before.Json;
        _after = after.Json;
        _trustModel = trustModel;
        _lists = new ListOrigins(raw, _before, trustModel);
        _origins = new OriginFinder(raw, before, after, _lists);
        _output = new Composer(raw.Json.Length + 256);
    }

    /// <summary>Writes the raw document with the edit applied.</summary>
    /// <param name="raw">The document.</param>
    /// <param name="before">The view as it was.</param>
    /// <param name="after">The view as the author left it.</param>
    /// <param name="trustModel">
    /// Assumes what holds for nearly all models: lists hold what they were given, in that order, and an object that the document lacks is shown as its
    /// own type makes it. If reading the result back proves otherwise, the caller replays again without.
    /// </param>
    public static Composer Run(JsonTree raw, ViewSnapshot before, ViewSnapshot after, bool trustModel)
    {
        var replay = new EditReplay(raw, before, after, trustModel);
        replay.Write(JsonTree.Root, new Origin(JsonTree.Root, JsonTree.Root));
        return replay._output;
    }

    private void Write(int after, Origin origin)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (origin.Before != JsonTree.None && origin.Raw >= 0 && _before.Text(origin.Before).SequenceEqual(_after.Text(after)))
        {
            // Untouched: the raw text, however the view shows it.
            _output.Copy(_raw, origin.Raw);
            return;
        }

        if (origin.Raw == ListOrigins.Unknown && (_after.IsObject(after) || _after.IsArray(after)))
        {
            // The fields that the view does not show would be lost.
            throw new PatchException(
                $"\"{_after.FindPointer(after)}\" of the edited object cannot be traced to a received element: a setter drops or changes elements; edit it by context.Patch");
        }

        if (_after.IsObject(after))
        {
            WriteObject(after, origin);
        }
        else if (_after.IsArray(after))
        {
            WriteArray(after, origin);
        }
        else
        {
            WriteValue(after, origin);
        }
    }

    private void WriteObject(int after, Origin origin)
    {
        if (!_raw.IsObject(origin.Raw))
        {
            WriteNewObject(after, origin);
            return;
        }

        var first = true;
        _output.NoteSource(_raw, origin.Raw);
        _output.WriteText("{"u8);
        foreach (var rawMember in _raw.Children(origin.Raw))
        {
            var name = _raw.Name(rawMember);
            if (_raw.Find(origin.Raw, name) != rawMember)
            {
                // The last of equal names counts; no decoder sees the earlier ones.
                continue;
            }

            var beforeMember = _before.Find(origin.Before, name);
            var afterMember = _after.Find(after, name);
            if (afterMember != JsonTree.None)
            {
                // An object that is known, even from elsewhere; else the value that stood in this place.
                _output.WriteName(_raw, rawMember, ref first);
                Write(afterMember, _origins.Find(afterMember) is { Raw: not JsonTree.None } known ? known : new Origin(beforeMember, rawMember));
            }
            else if (beforeMember == JsonTree.None)
            {
                // The view does not show it.
                _output.WriteName(_raw, rawMember, ref first);
                _output.Copy(_raw, rawMember);
            }
        }

        foreach (var afterMember in _after.Children(after))
        {
            if (_raw.Find(origin.Raw, _after.Name(afterMember)) == JsonTree.None && !IsShownDefault(afterMember, origin.Before))
            {
                _output.WriteName(_after, afterMember, ref first);
                Write(afterMember, _origins.Find(afterMember));
            }
        }

        _output.WriteText("}"u8);
    }

    private void WriteNewObject(int after, Origin origin)
    {
        var first = true;
        var isShownDefault = _trustModel && origin.Before != JsonTree.None && _raw.IsAbsent(origin.Raw);
        _output.WriteText("{"u8);
        foreach (var member in _after.Children(after))
        {
            if (!isShownDefault || !IsShownDefault(member, origin.Before))
            {
                _output.WriteName(_after, member, ref first);
                Write(member, _origins.Find(member));
            }
        }

        _output.WriteText("}"u8);
    }

    /// <summary>Tells if a member that the document lacks is a default that the view showed from the start; nobody set it.</summary>
    private bool IsShownDefault(int afterMember, int before) =>
        _before.Find(before, _after.Name(afterMember)) is >= 0 and var beforeMember && _before.Text(beforeMember).SequenceEqual(_after.Text(afterMember));

    private void WriteArray(int after, Origin origin)
    {
        var elements = new ElementList(_after, _after.ListChildren(after));
        var origins = MatchElements(elements, after, origin);
        if (_raw.IsArray(origin.Raw))
        {
            _output.NoteSource(_raw, origin.Raw);
        }

        var first = true;
        _output.WriteText("["u8);
        for (var i = 0; i < elements.Count; i++)
        {
            _output.WriteSeparator(ref first);
            Write(elements[i], origins[i]);
        }

        _output.WriteText("]"u8);
    }

    private void WriteValue(int after, Origin origin)
    {
        if (origin.Raw >= 0)
        {
            // The diff need not search for the list element that it was.
            _output.NoteSource(_raw, origin.Raw);
        }

        _output.WriteText(_after.Text(after));
    }

    private Origin[] MatchElements(ElementList elements, int after, Origin origin)
    {
        var origins = Array.ConvertAll(elements.Nodes, _origins.Find);
        if (!_raw.IsArray(origin.Raw) || !_before.IsArray(origin.Before))
        {
            return origins;
        }

        var (before, raw) = _lists.GetElements(origin.Before, origin.Raw);
        var matches = ListMatcher.Match(new ElementList(_before, before), elements, origins, _origins.FindKey(after));
        for (var i = 0; i < origins.Length; i++)
        {
            if (matches[i] >= 0 && raw[matches[i]] != JsonTree.None)
            {
                origins[i] = new Origin(before[matches[i]], raw[matches[i]]);
            }
        }

        return origins;
    }
}
