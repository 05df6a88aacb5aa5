using System.CommandLine.Parsing;
using System.Globalization;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Reads the values of options, with an error that names the option and what to write.</summary>
internal static class OptionValue
{
    /// <summary>Reads one of the words that the option's help names.</summary>
    public static T ParseWord<T>(ArgumentResult result)
        where T : struct, Enum
    {
        var text = result.Tokens.Single().Value;
        if (text.All(char.IsAsciiLetter) && Enum.TryParse<T>(text, ignoreCase: true, out var value))
        {
            return value;
        }

        var option = ((OptionResult)result.Parent!).Option;
        result.AddError($"{option.Name} is '{text}': write {string.Join(" or ", option.HelpName!.Split('|'))}.");
        return default;
    }

    /// <summary>Reads a whole number from 1.</summary>
    public static int? ParseNumber(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            return number;
        }

        result.AddError($"{((OptionResult)result.Parent!).Option.Name} is '{text}': write a whole number from 1.");
        return null;
    }
}
