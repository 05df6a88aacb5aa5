using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Library;

/// <summary><c>find</c> and <c>findAll</c> of Kubernetes.</summary>
internal static class RegexLibrary
{
    public static FunctionLibrary Create() => new FunctionLibrary()
        .Add("string_find_string", "(string).find(string): string", static a => Run(a[0], a[1], static (regex, text) => new StringValue(regex.Find(text))))
        .Add("string_find_all_string", "(string).findAll(string): list<string>", static a => FindAll(a[0], a[1], -1))
        .Add("string_find_all_string_int", "(string).findAll(string, int): list<string>", static a => FindAll(a[0], a[1], ((IntValue)a[2]).Value));

    private static CelValue FindAll(CelValue text, CelValue pattern, long most) => Run(text, pattern, (regex, where) =>
        new ArrayListValue([.. regex.FindAll(where).Take(most < 0 || most > int.MaxValue ? int.MaxValue : (int)most).Select(found => new StringValue(found))]));

    private static CelValue Run(CelValue text, CelValue pattern, Func<LinearRegex, string, CelValue> run)
    {
        var (where, regex) = (((StringValue)text).Value, RegexCache.Get(((StringValue)pattern).Value));
        return regex.ProblemWith(where) is { } problem ? new ErrorValue("Illegal regex: " + problem) : run(regex, where);
    }
}
