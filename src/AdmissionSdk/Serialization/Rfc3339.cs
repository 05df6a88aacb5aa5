namespace AdmissionSdk.Serialization;

/// <summary>The parts of an RFC 3339 date, as Go's parser accepts them: ranges are checked, the calendar is not.</summary>
internal readonly record struct Rfc3339
{
    private const int FractionDigits = 7;

    public int Year { get; private init; }

    public int Month { get; private init; }

    public int Day { get; private init; }

    public int Hour { get; private init; }

    public int Minute { get; private init; }

    public int Second { get; private init; }

    public long FractionTicks { get; private init; }

    public TimeSpan Offset { get; private init; }

    public static bool TryParse(ReadOnlySpan<char> text, out Rfc3339 date)
    {
        date = default;
        if (text.Length < 20
            || !TryNumber(text[..4], out var year) || text[4] != '-'
            || !TryNumber(text[5..7], out var month) || text[7] != '-'
            || !TryNumber(text[8..10], out var day) || text[10] is not ('T' or 't')
            || !TryNumber(text[11..13], out var hour) || text[13] != ':'
            || !TryNumber(text[14..16], out var minute) || text[16] != ':'
            || !TryNumber(text[17..19], out var second)
            || month is < 1 or > 12 || day is < 1 or > 31 || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        var rest = text[19..];
        var fraction = 0L;
        if (rest[0] is '.' or ',')
        {
            var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0)
            {
                return false;
            }

            // More digits than .NET can hold are cut off.
            for (var i = 0; i < FractionDigits; i++)
            {
                fraction = (fraction * 10) + (i < digits ? rest[1 + i] - '0' : 0);
            }

            rest = rest[(1 + digits)..];
        }

        if (!TryOffset(rest, out var offset))
        {
            return false;
        }

        date = new Rfc3339
        {
            Year = year,
            Month = month,
            Day = day,
            Hour = hour,
            Minute = minute,
            Second = second,
            FractionTicks = fraction,
            Offset = offset,
        };
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !TryNumber(text[1..3], out var hours) || !TryNumber(text[4..6], out var minutes) || hours > 24 || minutes > 59)
        {
            return false;
        }

        var size = new TimeSpan(hours, minutes, 0);
        offset = text[0] == '-' ? -size : size;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
