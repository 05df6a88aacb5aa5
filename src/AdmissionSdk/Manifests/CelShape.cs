using System.Text;

namespace AdmissionSdk.Manifests;

/// <summary>Finds typos in a CEL expression; does not prove that an expression is correct.</summary>
internal static class CelShape
{
    /// <summary>A flaw that certainly cannot compile; null if none was found.</summary>
    public static string? FindFlaw(string expression)
    {
        if (!TryBlank(expression, out var code))
        {
            return "a string is not closed";
        }

        var open = new Stack<char>();
        foreach (var c in code)
        {
            if (c is '(' or '[' or '{')
            {
                open.Push(c);
            }
            else if (c is ')' or ']' or '}' && (!open.TryPop(out var before) || !Pairs(before, c)))
            {
                return $"'{c}' closes nothing";
            }
        }

        return open.TryPeek(out var left) ? $"'{left}' is not closed" : FindOperator(code);
    }

    /// <summary>The expression with blanks for strings and comments, so that only code is left; false if a string does not end.</summary>
    public static bool TryBlank(string expression, out string code)
    {
        var result = new StringBuilder(expression.Length);
        for (var i = 0; i < expression.Length;)
        {
            var end = i;
            if (expression[i] is '"' or '\'')
            {
                end = EndOfString(expression, i);
                if (end < 0)
                {
                    code = "";
                    return false;
                }
            }
            else if (expression.AsSpan(i).StartsWith("//", StringComparison.Ordinal))
            {
                end = expression.IndexOf('\n', i);
                end = end < 0 ? expression.Length : end;
            }

            if (end == i)
            {
                result.Append(expression[i++]);
            }
            else
            {
                result.Append(' ', end - i);
                i = end;
            }
        }

        code = result.ToString();
        return true;
    }

    private static int EndOfString(string text, int start)
    {
        var quote = text[start];
        var triple = new string(quote, 3);
        var isTriple = text.AsSpan(start).StartsWith(triple, StringComparison.Ordinal);
        var isRaw = start > 0 && text[start - 1] is 'r' or 'R';
        for (var i = start + (isTriple ? 3 : 1); i < text.Length; i++)
        {
            if (text[i] == '\\' && !isRaw)
            {
                i++;
            }
            else if (isTriple ? text.AsSpan(i).StartsWith(triple, StringComparison.Ordinal) : text[i] == quote)
            {
                return i + (isTriple ? 3 : 1);
            }
            else if (text[i] == '\n' && !isTriple)
            {
                return -1;
            }
        }

        return -1;
    }

    private static bool Pairs(char open, char close) => (open, close) is ('(', ')') or ('[', ']') or ('{', '}');

    // CEL has no assignment and no bitwise operators; "=" for "==" is the commonest slip.
    private static string? FindOperator(string code)
    {
        for (var i = 0; i < code.Length; i++)
        {
            var (before, after) = (i > 0 ? code[i - 1] : ' ', i + 1 < code.Length ? code[i + 1] : ' ');
            switch (code[i])
            {
                case '=' when after != '=' && before is not ('=' or '!' or '<' or '>'):
                    return "'=' is not an operator; compare with '=='";
                case '&' or '|' when before != code[i] && after != code[i]:
                    return $"'{code[i]}' is not an operator; write '{code[i]}{code[i]}'";
            }
        }

        return null;
    }
}
