using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Library;

/// <summary><c>find</c> and <c>findAll</c> of Kubernetes.</summary>
internal static class RegexLibrary
{
    public static FunctionLibrary Create() => new FunctionLibrary()
        .AddAll(static a => Run(a[0], a[1], static (regex, text) => new StringValue(regex.Find(text))), ("string_find_string", "(string).find(string): string"))
        .AddAll(static a => FindAll(a[0], a[1], -1), ("string_find_all_string", "(string).findAll(string): list<string>"))
        .AddAll(static a => a[2] is IntValue most ? FindAll(a[0], a[1], most.Value) : ErrorValue.NoSuchOverload, ("string_find_all_string_int", "(string).findAll(string, int): list<string>"));

    private static CelValue FindAll(CelValue text, CelValue pattern, long most) => Run(text, pattern, (regex, where) =>
        new ArrayListValue([.. regex.FindAll(where).Take(most < 0 || most > int.MaxValue ? int.MaxValue : (int)most).Select(found => new StringValue(found))]));

    private static CelValue Run(CelValue text, CelValue pattern, Func<LinearRegex, string, CelValue> run)
    {
        // The API server compiles constant patterns early, and then does not name the types.
        if (text is not StringValue where || pattern is not StringValue expression)
        {
            return ErrorValue.NoSuchOverload;
        }

        var regex = RegexCache.Get(expression.Value);
        return regex.ProblemWith(where.Value) is { } problem ? new ErrorValue("Illegal regex: " + problem) : run(regex, where.Value);
    }
}
