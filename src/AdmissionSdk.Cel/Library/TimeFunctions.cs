using System.Globalization;
using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Library;

/// <summary>The parts of points in time, in UTC or a time zone, and of durations.</summary>
internal static class TimeFunctions
{
    public static void AddTo(FunctionLibrary library)
    {
        Add(library, "getFullYear", "year", static (local, _) => local.Year);
        Add(library, "getMonth", "month", static (local, _) => local.Month - 1);
        Add(library, "getDayOfYear", "day_of_year", static (local, _) => local.DayOfYear - 1);
        Add(library, "getDayOfMonth", "day_of_month", static (local, _) => local.Day - 1);
        Add(library, "getDate", "day_of_month_1_based", static (local, _) => local.Day);
        Add(library, "getDayOfWeek", "day_of_week", static (local, _) => (int)local.DayOfWeek);
        Add(library, "getHours", "hours", static (local, _) => local.Hour, 3600 * DurationValue.NanosecondsPerSecond);
        Add(library, "getMinutes", "minutes", static (local, _) => local.Minute, 60 * DurationValue.NanosecondsPerSecond);
        Add(library, "getSeconds", "seconds", static (local, _) => local.Second, DurationValue.NanosecondsPerSecond);
        Add(library, "getMilliseconds", "milliseconds", static (_, time) => time.Nanoseconds / 1_000_000, 1_000_000);
    }

    private static void Add(FunctionLibrary library, string name, string id, Func<DateTime, TimestampValue, int> part, long durationUnit = 0)
    {
        library
            .Add($"timestamp_to_{id}", $"(timestamp).{name}(): int", a => Part((TimestampValue)a[0], "UTC", part))
            .Add(
                id == "seconds" ? "timestamp_to_seconds_tz" : $"timestamp_to_{id}_with_tz",
                $"(timestamp).{name}(string): int",
                a => Part((TimestampValue)a[0], ((StringValue)a[1]).Value, part));
        if (durationUnit > 0)
        {
            library.Add($"duration_to_{id}", $"(duration).{name}(): int", a => IntValue.Of(((DurationValue)a[0]).Nanoseconds / durationUnit));
        }
    }

    private static CelValue Part(TimestampValue time, string zone, Func<DateTime, TimestampValue, int> part)
    {
        if (OffsetOf(time, zone) is not { } offset)
        {
            return new ErrorValue($"unknown time zone {zone}");
        }

        var ticks = time.Utc.Ticks + offset.Ticks;
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks ? IntValue.Of(part(new DateTime(ticks), time)) : ErrorValue.TimestampOverflow;
    }

    private static TimeSpan? OffsetOf(TimestampValue time, string zone)
    {
        if (zone is "UTC" or "")
        {
            return TimeSpan.Zero;
        }

        var colon = zone.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found.GetUtcOffset(time.Utc) : null;
        }

        if (!int.TryParse(zone.AsSpan(0, colon), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(zone.AsSpan(colon + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var minutes)
            || Math.Abs((long)hours) > 10_000 || Math.Abs((long)minutes) > 600_000)
        {
            return null;
        }

        return TimeSpan.FromMinutes((hours * 60) + (zone[0] == '-' ? -minutes : minutes));
    }
}
