using System.Text;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>Reads the white space between two words of a scalar over several lines: one line break becomes a space, and blanks around it go.</summary>
internal static class FoldedSpace
{
    /// <summary>Reads blanks and line breaks.</summary>
    /// <param name="cursor">The place, which moves to the next word.</param>
    /// <param name="isBroken">True behind an escaped line break, which stands for nothing.</param>
    /// <param name="tabIndent">The indentation that a tab may not be part of; 0 to allow tabs.</param>
    /// <returns>The text that the white space stands for, and true if it has a line break.</returns>
    public static (string Text, bool IsBroken) Read(YamlCursor cursor, bool isBroken, int tabIndent)
    {
        var start = cursor.Index;
        while (!isBroken && cursor.Current is ' ' or '\t')
        {
            cursor.Skip();
        }

        if (!isBroken && !cursor.IsBreak)
        {
            return (cursor.TextFrom(start).ToString(), false);
        }

        var first = isBroken ? "" : cursor.SkipBreak().ToString();
        StringBuilder? more = null;
        while (cursor.Current is ' ' or '\t' || cursor.IsBreak)
        {
            if (cursor.IsBreak)
            {
                (more ??= new StringBuilder()).Append(cursor.SkipBreak());
                continue;
            }

            if (cursor.Current == '\t' && cursor.Indent < tabIndent)
            {
                throw cursor.Refuse("a tab is where spaces for the indentation are needed");
            }

            cursor.Skip();
        }

        return (first == "\n" ? more?.ToString() ?? " " : first + more, true);
    }
}
