using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Syntax;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Library;

/// <summary>The functions that every environment has: operators, sizes, searches in strings.</summary>
internal static class StandardLibrary
{
    private static readonly string[] Ordered = ["bool", "int", "uint", "double", "string", "bytes", "timestamp", "duration"];

    private static readonly string[] Numeric = ["int", "uint", "double"];

    private static readonly Dictionary<string, string> Words = new() { ["int"] = "int64", ["uint"] = "uint64" };

    public static FunctionLibrary Create()
    {
        var library = new FunctionLibrary().Add(Macros.Standard);
        AddLogic(library);
        AddArithmetic(library);
        AddComparison(library, Operators.Less, "less", static order => order < 0);
        AddComparison(library, Operators.LessEquals, "less_equals", static order => order <= 0);
        AddComparison(library, Operators.Greater, "greater", static order => order > 0);
        AddComparison(library, Operators.GreaterEquals, "greater_equals", static order => order >= 0);
        AddAggregates(library);
        AddStrings(library);
        ConversionFunctions.AddTo(library);
        TimeFunctions.AddTo(library);
        return library;
    }

    // The evaluator runs these itself: they do not look at all of their arguments, or look at errors.
    private static void AddLogic(FunctionLibrary library)
    {
        CelFunction none = static _ => ErrorValue.NoSuchOverload;
        library
            .AddAll(none, ("conditional", "_?_:_(bool, A, A): A"))
            .AddAll(none, ("logical_and", "_&&_(bool, bool): bool"))
            .AddAll(none, ("logical_or", "_||_(bool, bool): bool"))
            .AddAll(none, ("equals", "_==_(A, A): bool"))
            .AddAll(none, ("not_equals", "_!=_(A, A): bool"))
            .AddAll(static a => a[0] is BoolValue ? a[0] : BoolValue.True, ("not_strictly_false", "@not_strictly_false(bool): bool"))
            .AddAll(static a => a[0] is BoolValue boolean ? BoolValue.Of(!boolean.Value) : ErrorValue.NoSuchOverload, ("logical_not", "!_(bool): bool"));
    }

    private static void AddArithmetic(FunctionLibrary library) => library
        .AddAll(
            static a => ValueOperations.Add(a[0], a[1]),
            ("add_bytes", "_+_(bytes, bytes): bytes"),
            ("add_double", "_+_(double, double): double"),
            ("add_duration_duration", "_+_(duration, duration): duration"),
            ("add_duration_timestamp", "_+_(duration, timestamp): timestamp"),
            ("add_timestamp_duration", "_+_(timestamp, duration): timestamp"),
            ("add_int64", "_+_(int, int): int"),
            ("add_list", "_+_(list<A>, list<A>): list<A>"),
            ("add_string", "_+_(string, string): string"),
            ("add_uint64", "_+_(uint, uint): uint"))
        .AddAll(
            static a => ValueOperations.Subtract(a[0], a[1]),
            ("subtract_double", "_-_(double, double): double"),
            ("subtract_duration_duration", "_-_(duration, duration): duration"),
            ("subtract_int64", "_-_(int, int): int"),
            ("subtract_timestamp_duration", "_-_(timestamp, duration): timestamp"),
            ("subtract_timestamp_timestamp", "_-_(timestamp, timestamp): duration"),
            ("subtract_uint64", "_-_(uint, uint): uint"))
        .AddAll(static a => ValueOperations.Multiply(a[0], a[1]), ("multiply_double", "_*_(double, double): double"), ("multiply_int64", "_*_(int, int): int"), ("multiply_uint64", "_*_(uint, uint): uint"))
        .AddAll(static a => ValueOperations.Divide(a[0], a[1]), ("divide_double", "_/_(double, double): double"), ("divide_int64", "_/_(int, int): int"), ("divide_uint64", "_/_(uint, uint): uint"))
        .AddAll(static a => ValueOperations.Modulo(a[0], a[1]), ("modulo_int64", "_%_(int, int): int"), ("modulo_uint64", "_%_(uint, uint): uint"))
        .AddAll(static a => ValueOperations.Negate(a[0]), ("negate_double", "-_(double): double"), ("negate_int64", "-_(int): int"));

    private static void AddComparison(FunctionLibrary library, string function, string id, Func<long, bool> holds)
    {
        var forms = new List<(string, string)>();
        foreach (var left in Ordered)
        {
            forms.Add(($"{id}_{Word(left)}", $"{function}({left}, {left}): bool"));
            foreach (var right in Numeric.Where(right => right != left && Numeric.Contains(left)))
            {
                forms.Add(($"{id}_{Word(left)}_{Word(right)}", $"{function}({left}, {right}): bool"));
            }
        }

        library.AddAll(a => ValueOperations.Compares(a[0], a[1], function, holds), [.. forms]);
    }

    private static string Word(string type) => Words.GetValueOrDefault(type, type);

    private static void AddAggregates(FunctionLibrary library)
    {
        CelFunction size = static a => a[0] is StringValue or BytesValue or ListValue or MapValue ? IntValue.Of(a[0].Size) : ErrorValue.NoOverloadFor("size", a);
        CelFunction none = static _ => ErrorValue.NoSuchOverload;
        library
            .AddAll(static a => ValueOperations.In(a[0], a[1]), ("in_list", "@in(A, list<A>): bool"), ("in_map", "@in(A, map<A, B>): bool"))
            .AddAll(none, ("index_list", "_[_](list<A>, int): A"), ("index_map", "_[_](map<A, B>, A): B"))
            .AddAll(
                size,
                ("size_bytes", "size(bytes): int"),
                ("bytes_size", "(bytes).size(): int"),
                ("size_list", "size(list<A>): int"),
                ("list_size", "(list<A>).size(): int"),
                ("size_map", "size(map<A, B>): int"),
                ("map_size", "(map<A, B>).size(): int"),
                ("size_string", "size(string): int"),
                ("string_size", "(string).size(): int"));
    }

    private static void AddStrings(FunctionLibrary library)
    {
        CelFunction matches = static a =>
        {
            if (a is not [StringValue text, StringValue pattern])
            {
                return ErrorValue.NoSuchOverload;
            }

            var regex = RegexCache.Get(pattern.Value);
            return regex.ProblemWith(text.Value) is { } problem ? new ErrorValue(problem) : BoolValue.Of(regex.IsMatch(text.Value));
        };
        library
            .AddAll(static a => Compare(a, static (text, other) => text.Contains(other, StringComparison.Ordinal)), ("contains_string", "(string).contains(string): bool"))
            .AddAll(static a => Compare(a, static (text, other) => text.EndsWith(other, StringComparison.Ordinal)), ("ends_with_string", "(string).endsWith(string): bool"))
            .AddAll(static a => Compare(a, static (text, other) => text.StartsWith(other, StringComparison.Ordinal)), ("starts_with_string", "(string).startsWith(string): bool"))
            .AddAll(matches, ("matches", "matches(string, string): bool"), ("matches_string", "(string).matches(string): bool"));
    }

    // Other types have no overload, and the API server's message does not name them here.
    private static CelValue Compare(ReadOnlySpan<CelValue> values, Func<string, string, bool> compare) =>
        values is [StringValue text, StringValue other] ? BoolValue.Of(compare(text.Value, other.Value)) : ErrorValue.NoSuchOverload;

    private static string Text(CelValue value) => ((StringValue)value).Value;
}
