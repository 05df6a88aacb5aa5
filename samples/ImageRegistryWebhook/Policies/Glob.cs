namespace ImageRegistryWebhook.Policies;

/// <summary>A pattern in which <c>*</c> stands for any characters or none. Everything else is compared exactly.</summary>
internal readonly record struct Glob(string Pattern)
{
    /// <summary>Tests if the pattern matches a whole text. The work is at most the product of the lengths, since backtracking ends at the last star.</summary>
    public bool Matches(ReadOnlySpan<char> text)
    {
        int position = 0, pattern = 0, star = -1, resume = 0;
        while (position < text.Length)
        {
            if (pattern < Pattern.Length && Pattern[pattern] == '*')
            {
                star = pattern++;
                resume = position;
            }
            else if (pattern < Pattern.Length && Pattern[pattern] == text[position])
            {
                pattern++;
                position++;
            }
            else if (star >= 0)
            {
                pattern = star + 1;
                position = ++resume;
            }
            else
            {
                return false;
            }
        }

        return Pattern.AsSpan(pattern).IndexOfAnyExcept('*') < 0;
    }

    /// <summary>Tests if this pattern matches every text that the other matches. A star of the other is a character that only a star can match.</summary>
    public bool Covers(Glob other) => Matches(other.Pattern);

    /// <summary>Tests if both patterns match some common text.</summary>
    public bool Intersects(Glob other)
    {
        // reachable[j]: the first i characters of this pattern and the first j of the other can match one text.
        var reachable = new bool[other.Pattern.Length + 1];
        for (var i = 0; i <= Pattern.Length; i++)
        {
            var diagonal = i == 0;
            for (var j = 0; j <= other.Pattern.Length; j++)
            {
                var above = i > 0 && reachable[j];
                var left = j > 0 && reachable[j - 1];
                var star = i > 0 && Pattern[i - 1] == '*';
                var otherStar = j > 0 && other.Pattern[j - 1] == '*';
                var value = (i == 0 && j == 0)
                    || (star && (above || left))
                    || (otherStar && (above || left))
                    || (i > 0 && j > 0 && diagonal && Pattern[i - 1] == other.Pattern[j - 1]);
                diagonal = i > 0 && reachable[j];
                reachable[j] = value;
            }
        }

        return reachable[^1];
    }

    /// <inheritdoc/>
    public override string ToString() => Pattern;
}
