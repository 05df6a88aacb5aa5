using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Rewriting;

/// <summary>
/// Changes the text of an object to wanted values, and leaves every other character alone. The editor makes simple changes, and refuses a change that
/// would rewrite a larger text or lose a comment.
/// </summary>
internal sealed class ObjectEditor(TextEdits edits, IReadOnlySet<YamlNode> shared)
{
    /// <summary>Changes a node.</summary>
    /// <exception cref="RewriteRefusedException">The change is not simple.</exception>
    public void Edit(YamlNode node, JsonNode? wanted, string path)
    {
        if (node is YamlScalar scalar)
        {
            EditScalar(scalar, wanted, path);
        }
        else if (node is YamlMapping mapping && wanted is JsonObject members)
        {
            RefuseShared(node, path);
            EditMapping(mapping, members, path);
        }
        else if (node is YamlSequence sequence && wanted is JsonArray items)
        {
            RefuseShared(node, path);
            new ListEditor(edits, shared, this).Edit(sequence, items, path);
        }
        else
        {
            ReplaceWhole(node, wanted, path);
        }
    }

    /// <summary>True if a node already has the wanted value.</summary>
    public static bool IsSame(YamlNode node, JsonNode? wanted) => node switch
    {
        YamlMapping mapping => JsonNode.DeepEquals(YamlJson.Convert(mapping), wanted),
        YamlSequence sequence => wanted is JsonArray items && items.Count == sequence.Items.Count && sequence.Items.Zip(items, IsSame).All(same => same),
        _ => JsonNode.DeepEquals(YamlJson.Convert((YamlScalar)node), wanted),
    };

    private void EditScalar(YamlScalar scalar, JsonNode? wanted, string path)
    {
        if (IsSame(scalar, wanted))
        {
            return;
        }

        RefuseShared(scalar, path);
        if (scalar.Kind == YamlScalarKind.Tagged)
        {
            throw new RewriteRefusedException(scalar, path, $"it has the tag {scalar.Tag}");
        }

        var source = edits.Text[scalar.Start..scalar.End];
        if (wanted is JsonValue value && value.TryGetValue(out string? text))
        {
            // A null without text has no place of its own, so the value begins after the colon.
            var replacement = source.Length == 0 ? " " + YamlText.WriteScalar(text) : YamlEditor.Replace(source, scalar, text, out var reason) ?? throw new RewriteRefusedException(scalar, path, reason);
            edits.Replace(scalar.Start, scalar.End, replacement);
        }
        else if (scalar.Style == YamlScalarStyle.Block)
        {
            throw new RewriteRefusedException(scalar, path, "it is written as a block; write it on the line of its key");
        }
        else
        {
            edits.Replace(scalar.Start, scalar.End, (source.Length == 0 ? " " : "") + FlowText.Format(wanted));
        }
    }

    private void EditMapping(YamlMapping mapping, JsonObject wanted, string path)
    {
        var existing = mapping.EffectiveEntries.ToDictionary(entry => entry.Name);
        var own = mapping.Entries.ToHashSet();
        List<YamlEntry> removed = [];
        foreach (var (key, entry) in existing)
        {
            var child = path.Length == 0 ? key : $"{path}.{key}";
            if (!wanted.TryGetPropertyValue(key, out var value))
            {
                removed.Add(entry);
            }
            else if (!IsSame(entry.Value, value))
            {
                RefuseMerged(own, entry, child);
                Edit(entry.Value, value, child);
            }
        }

        foreach (var entry in removed)
        {
            var child = path.Length == 0 ? entry.Name : $"{path}.{entry.Name}";
            RefuseMerged(own, entry, child);
            Remove(mapping, entry, child);
        }

        var added = wanted.Where(member => !existing.ContainsKey(member.Key)).ToList();
        if (added.Count > 0)
        {
            Add(mapping, added, path);
        }
    }

    private void Add(YamlMapping mapping, List<KeyValuePair<string, JsonNode?>> added, string path)
    {
        if (mapping.Span.IsFlow)
        {
            FlowText.Insert(edits, mapping, mapping.Entries.Count > 0, string.Join(", ", added.Select(member => $"{FlowText.Format(JsonValue.Create(member.Key))}: {FlowText.Format(member.Value)}")), path);
            return;
        }

        var indent = mapping.Entries[0].Key.Column - 1;
        var lines = new JsonObject([.. added.Select(member => new KeyValuePair<string, JsonNode?>(member.Key, member.Value?.DeepClone()))]);
        edits.InsertLines(mapping.Span.End, BlockText.Indent(YamlText.Write(lines), indent));
    }

    private void Remove(YamlMapping mapping, YamlEntry entry, string path)
    {
        if (mapping.Entries.Count == 1)
        {
            throw new RewriteRefusedException(entry.Key, path, "it is the only key of its mapping; remove both by hand");
        }

        BlockText.RemoveLines(edits, mapping.Span.IsFlow, entry.Key, entry.Value, shared, path);
    }

    private void ReplaceWhole(YamlNode node, JsonNode? wanted, string path)
    {
        RefuseShared(node, path);
        if (!node.Span.IsFlow)
        {
            throw new RewriteRefusedException(node, path, $"it becomes {FlowText.Format(wanted)}; write it by hand");
        }

        edits.Replace(node.Span.Start, node.Span.End, FlowText.Format(wanted));
    }

    private static void RefuseMerged(HashSet<YamlEntry> own, YamlEntry entry, string path)
    {
        if (!own.Contains(entry))
        {
            throw new RewriteRefusedException(entry.Key, path, "it is merged into its mapping from another; write it out");
        }
    }

    private void RefuseShared(YamlNode node, string path)
    {
        if (shared.Contains(node))
        {
            throw new RewriteRefusedException(node, path, "its anchor stands for other places too; write it out");
        }
    }
}
