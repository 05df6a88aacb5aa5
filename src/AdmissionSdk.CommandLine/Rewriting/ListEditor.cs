using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Rewriting;

/// <summary>Changes lists: elements with the same <c>name</c> are the same element, others are by their place.</summary>
internal sealed class ListEditor(TextEdits edits, IReadOnlySet<YamlNode> shared, ObjectEditor editor)
{
    /// <exception cref="RewriteRefusedException">It is not simple.</exception>
    public void Edit(YamlSequence sequence, JsonArray wanted, string path)
    {
        var places = Match(sequence, wanted, path);
        var kept = places.Where(place => place >= 0).ToHashSet();
        for (var index = 0; index < sequence.Items.Count; index++)
        {
            if (!kept.Contains(index))
            {
                Remove(sequence, index, wanted, path);
            }
        }

        var last = -1;
        for (var index = 0; index < wanted.Count; index++)
        {
            if (places[index] < 0)
            {
                Add(sequence, last, wanted[index], path);
                continue;
            }

            last = places[index];
            if (!ObjectEditor.IsSame(sequence.Items[last], wanted[index]))
            {
                editor.Edit(sequence.Items[last], wanted[index], $"{path}[{last}]");
            }
        }
    }

    // For each wanted element the place it has now, or -1.
    private static int[] Match(YamlSequence sequence, JsonArray wanted, string path)
    {
        var names = sequence.Items.Select(item => item is YamlMapping mapping && mapping.Find("name") is YamlScalar name ? name.Value : null).ToList();
        var wantedNames = wanted.Select(item => item is JsonObject members && members["name"] is JsonValue name && name.TryGetValue(out string? text) ? text : null).ToList();
        var byName = names.All(name => name is not null) && names.Distinct().Count() == names.Count && names.Count > 0
            && wantedNames.All(name => name is not null) && wantedNames.Distinct().Count() == wantedNames.Count;
        var places = byName ? [.. wantedNames.Select(name => names.IndexOf(name))] : ByPlace(sequence, wanted);
        var kept = places.Where(place => place >= 0).ToList();
        return kept.Zip(kept.Skip(1)).All(pair => pair.First < pair.Second) ? places
            : throw new RewriteRefusedException(sequence, path, "its elements get another order; write it by hand");
    }

    // What is equal at the beginning and at the end stays; between them one is the other as long as there are both.
    private static int[] ByPlace(YamlSequence sequence, JsonArray wanted)
    {
        var (now, then) = (sequence.Items.Count, wanted.Count);
        var (first, last) = (0, 0);
        while (first < now && first < then && ObjectEditor.IsSame(sequence.Items[first], wanted[first]))
        {
            first++;
        }

        while (last < now - first && last < then - first && ObjectEditor.IsSame(sequence.Items[now - 1 - last], wanted[then - 1 - last]))
        {
            last++;
        }

        return [.. Enumerable.Range(0, then).Select(index => index >= then - last ? index - then + now : index < now - last ? index : -1)];
    }

    private void Add(YamlSequence sequence, int after, JsonNode? item, string path)
    {
        if (sequence.Span.IsFlow)
        {
            if (after != sequence.Items.Count - 1)
            {
                throw new RewriteRefusedException(sequence, path, $"{FlowText.Of(item)} belongs into the middle of it; write it by hand");
            }

            FlowText.Insert(edits, sequence, sequence.Items.Count > 0, FlowText.Of(item), path);
            return;
        }

        if (after >= 0 && shared.Contains(sequence.Items[after]))
        {
            throw new RewriteRefusedException(sequence, path, $"{FlowText.Of(item)} belongs behind an alias; write it by hand");
        }

        var dash = Dash(sequence, Math.Max(after, 0), path);
        var start = edits.LineStart(dash);
        var lines = BlockText.Indent(YamlText.Write(new JsonArray(item?.DeepClone())), dash - start);
        if (after >= 0)
        {
            edits.InsertLines(sequence.Items[after].Span.End, lines);
        }
        else if (string.IsNullOrWhiteSpace(edits.Text[start..dash]))
        {
            edits.Insert(start, edits.Text.Contains("\r\n", StringComparison.Ordinal) ? lines.Replace("\n", "\r\n", StringComparison.Ordinal) : lines);
        }
        else
        {
            throw new RewriteRefusedException(sequence, path, $"{FlowText.Of(item)} belongs before its first element; write it by hand");
        }
    }

    private void Remove(YamlSequence sequence, int index, JsonArray wanted, string path)
    {
        var item = sequence.Items[index];
        var place = $"{path}[{index}]";
        if (wanted.Count == 0)
        {
            throw new RewriteRefusedException(item, place, "it is the last element of its list; remove it by hand");
        }

        BlockText.RemoveLines(edits, sequence.Span.IsFlow, item, item, shared, place, sequence.Span.IsFlow ? null : Dash(sequence, index, place));
    }

    // An element begins behind its dash, and spaces; an anchor or a comment between them is too much.
    private int Dash(YamlSequence sequence, int index, string path)
    {
        var at = sequence.Items[index].Span.Start - 1;
        while (at >= 0 && edits.Text[at] == ' ')
        {
            at--;
        }

        return at >= 0 && edits.Text[at] == '-' ? at : throw new RewriteRefusedException(sequence.Items[index], path, "its dash is not before it on the same line; write it by hand");
    }
}
