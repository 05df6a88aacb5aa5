using System.Text;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>Reads a scalar without quotes.</summary>
internal static class PlainScalar
{
    /// <summary>Reads the scalar at a place, which moves behind the scalar and the white space after it.</summary>
    /// <param name="cursor">The place.</param>
    /// <param name="indent">The indentation that the scalar's further lines have at least.</param>
    /// <param name="isFlow">True within brackets.</param>
    /// <param name="pool">The texts seen before.</param>
    /// <returns>The value, the index after the scalar, and true if a line break follows.</returns>
    public static (string Value, int End, bool IsBroken) Read(YamlCursor cursor, int indent, bool isFlow, TextPool pool)
    {
        StringBuilder? text = null;
        var space = (Text: "", IsBroken: false);
        var (start, end) = (cursor.Index, cursor.Index);
        while (!cursor.IsMarker && cursor.Current != '#')
        {
            var word = cursor.Index;
            while (!cursor.IsBlankOrEnd && !EndsHere(cursor, isFlow))
            {
                cursor.Skip();
            }

            if (cursor.Index > word)
            {
                // On one line, the value is the text itself.
                if (space.IsBroken || text is not null)
                {
                    text ??= new StringBuilder().Append(cursor.TextFrom(start)[..(end - start)]);
                    text.Append(space.Text).Append(cursor.TextFrom(word));
                }

                (end, space) = (cursor.Index, ("", false));
            }

            if (cursor.Current == YamlCursor.End || !cursor.IsBlankOrEnd)
            {
                break;
            }

            space = FoldedSpace.Read(cursor, isBroken: false, indent);
            if (!isFlow && cursor.Indent < indent)
            {
                break;
            }
        }

        return (text?.ToString() ?? pool.Get(cursor.TextFrom(start)[..(end - start)]), end, space.IsBroken);
    }

    private static bool EndsHere(YamlCursor cursor, bool isFlow) =>
        cursor.Current == ':' ? cursor.IsBlankOrEndAt(1) : isFlow && cursor.Current is ',' or '?' or '[' or ']' or '{' or '}';
}
