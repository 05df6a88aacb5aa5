using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Rewriting;

/// <summary>Changes lists. Elements are the same by their <c>name</c>; elements without a name are the same by their index.</summary>
internal sealed class ListEditor(TextEdits edits, IReadOnlySet<YamlNode> shared, ObjectEditor editor)
{
    /// <exception cref="RewriteRefusedException">The change is not simple.</exception>
    public void Edit(YamlSequence sequence, JsonArray wanted, string path)
    {
        var places = FindPlaces(sequence, wanted, path);
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

    // Returns the present index of each wanted element, or -1.
    private static int[] FindPlaces(YamlSequence sequence, JsonArray wanted, string path)
    {
        var names = sequence.Items.Select(item => item is YamlMapping mapping && mapping.Find("name") is YamlScalar name ? name.Value : null).ToList();
        var wantedNames = wanted.Select(item => item is JsonObject members && members["name"] is JsonValue name && name.TryGetValue(out string? text) ? text : null).ToList();
        var byName = names.All(name => name is not null) && names.Distinct().Count() == names.Count && names.Count > 0
            && wantedNames.All(name => name is not null) && wantedNames.Distinct().Count() == wantedNames.Count;
        var places = byName ? PairByName(names!, wantedNames!) : PairInOrder(sequence, wanted);
        var kept = places.Where(place => place >= 0).ToList();
        return kept.Zip(kept.Skip(1)).All(pair => pair.First < pair.Second) ? places
            : throw new RewriteRefusedException(sequence, path, "its elements get another order; write it by hand");
    }

    private static int[] PairByName(List<string> names, List<string> wanted)
    {
        var present = names.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
        return [.. wanted.Select(name => present.GetValueOrDefault(name, -1))];
    }

    // Equal elements at both ends stay; between the ends, elements are paired in order.
    private static int[] PairInOrder(YamlSequence sequence, JsonArray wanted)
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
                throw new RewriteRefusedException(sequence, path, $"{FlowText.Format(item)} belongs into the middle of it; write it by hand");
            }

            FlowText.Insert(edits, sequence, sequence.Items.Count > 0, FlowText.Format(item), path);
            return;
        }

        if (after >= 0 && shared.Contains(sequence.Items[after]))
        {
            throw new RewriteRefusedException(sequence, path, $"{FlowText.Format(item)} belongs behind an alias; write it by hand");
        }

        var dash = FindDash(sequence, Math.Max(after, 0), path);
        var start = edits.FindLineStart(dash);
        var lines = BlockText.Indent(YamlText.Write(new JsonArray(item?.DeepClone())), dash - start);
        if (after >= 0)
        {
            edits.InsertLines(sequence.Items[after].Span.End, lines);
        }
        else if (string.IsNullOrWhiteSpace(edits.Text[start..dash]))
        {
            edits.Insert(start, lines.Replace("\n", edits.NewLine, StringComparison.Ordinal));
        }
        else
        {
            throw new RewriteRefusedException(sequence, path, $"{FlowText.Format(item)} belongs before its first element; write it by hand");
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

        BlockText.RemoveLines(edits, sequence.Span.IsFlow, item, item, shared, place, sequence.Span.IsFlow ? null : FindDash(sequence, index, place));
    }

    // An element begins behind its dash and spaces; an anchor or a comment in between is refused.
    private int FindDash(YamlSequence sequence, int index, string path)
    {
        var at = sequence.Items[index].Span.Start - 1;
        while (at >= 0 && edits.Text[at] == ' ')
        {
            at--;
        }

        return at >= 0 && edits.Text[at] == '-' ? at : throw new RewriteRefusedException(sequence.Items[index], path, "its dash is not before it on the same line; write it by hand");
    }
}
