using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Library;

/// <summary><c>math.*</c>, which no environment of Kubernetes has so far.</summary>
internal static class MathLibrary
{
    private static readonly string[] Numeric = ["int", "uint", "double"];

    public static FunctionLibrary Create()
    {
        var library = new FunctionLibrary().Add(Macros.Math);
        AddExtreme(library, "max", 1);
        AddExtreme(library, "min", -1);
        foreach (var type in Numeric)
        {
            library
                .Add($"math_abs_{type}", $"math.abs({type}): {type}", static a => Absolute(a[0]))
                .Add($"math_sign_{type}", $"math.sign({type}): {type}", static a => Sign(a[0]))
                .Add($"math_sqrt_{type}", $"math.sqrt({type}): double", static a => new DoubleValue(Math.Sqrt(((DoubleValue)Conversions.ToDouble(a[0])).Value)));
        }

        AddDoubles(library);
        AddBits(library);
        return library;
    }

    private static void AddExtreme(FunctionLibrary library, string name, int wanted)
    {
        foreach (var left in Numeric)
        {
            library
                .Add($"math_@{name}_{left}", $"math.@{name}({left}): {left}", static a => a[0])
                .Add($"math_@{name}_list_{left}", $"math.@{name}(list<{left}>): {left}", a => Extreme((ListValue)a[0], name, wanted));
            foreach (var right in Numeric)
            {
                library.Add($"math_@{name}_{left}_{right}", $"math.@{name}({left}, {right}): {(left == right ? left : "dyn")}", a => Numbers.Compare(a[1], a[0]) == wanted ? a[1] : a[0]);
            }
        }
    }

    private static CelValue Extreme(ListValue list, string name, int wanted)
    {
        CelValue? best = null;
        foreach (var element in Effort.On(list.Elements))
        {
            if (!Numbers.IsNumber(element))
            {
                return ErrorValue.NoSuchOverload;
            }

            best = best is null || Numbers.Compare(element, best) == wanted ? element : best;
        }

        return best ?? new ErrorValue($"math.@{name}(list) argument must not be empty");
    }

    private static CelValue Absolute(CelValue value) => value switch
    {
        IntValue { Value: long.MinValue } => ErrorValue.IntOverflow,
        IntValue number => IntValue.Of(Math.Abs(number.Value)),
        DoubleValue number => new DoubleValue(Math.Abs(number.Value)),
        _ => value,
    };

    private static CelValue Sign(CelValue value) => value switch
    {
        IntValue number => IntValue.Of(Math.Sign(number.Value)),
        UintValue number => new UintValue(number.Value == 0 ? 0u : 1u),
        DoubleValue { Value: var number } => new DoubleValue(double.IsNaN(number) ? number : Math.Sign(number)),
        _ => value,
    };

    private static void AddDoubles(FunctionLibrary library)
    {
        Add("ceil", "double", static value => new DoubleValue(Math.Ceiling(value)));
        Add("floor", "double", static value => new DoubleValue(Math.Floor(value)));
        Add("round", "double", static value => new DoubleValue(Math.Round(value, MidpointRounding.AwayFromZero)));
        Add("trunc", "double", static value => new DoubleValue(Math.Truncate(value)));
        Add("isInf", "bool", static value => BoolValue.Of(double.IsInfinity(value)));
        Add("isNaN", "bool", static value => BoolValue.Of(double.IsNaN(value)));
        Add("isFinite", "bool", static value => BoolValue.Of(double.IsFinite(value)));

        void Add(string name, string result, Func<double, CelValue> run) =>
            library.Add($"math_{name}_double", $"math.{name}(double): {result}", a => run(((DoubleValue)a[0]).Value));
    }

    private static void AddBits(FunctionLibrary library)
    {
        Add("bitAnd", static (left, right) => left & right);
        Add("bitOr", static (left, right) => left | right);
        Add("bitXor", static (left, right) => left ^ right);
        library
            .Add("math_bitNot_int_int", "math.bitNot(int): int", static a => IntValue.Of(~((IntValue)a[0]).Value))
            .Add("math_bitNot_uint_uint", "math.bitNot(uint): uint", static a => new UintValue(~((UintValue)a[0]).Value));
        Shift("bitShiftLeft", static (bits, by) => bits << by);
        Shift("bitShiftRight", static (bits, by) => bits >> by);

        void Add(string name, Func<ulong, ulong, ulong> combine) => library
            .Add($"math_{name}_int_int", $"math.{name}(int, int): int", a => IntValue.Of((long)combine((ulong)((IntValue)a[0]).Value, (ulong)((IntValue)a[1]).Value)))
            .Add($"math_{name}_uint_uint", $"math.{name}(uint, uint): uint", a => new UintValue(combine(((UintValue)a[0]).Value, ((UintValue)a[1]).Value)));

        void Shift(string name, Func<ulong, int, ulong> shift) => library
            .Add($"math_{name}_int_int", $"math.{name}(int, int): int", a => Shifted(name, a[0], ((IntValue)a[1]).Value, shift))
            .Add($"math_{name}_uint_int", $"math.{name}(uint, int): uint", a => Shifted(name, a[0], ((IntValue)a[1]).Value, shift));
    }

    private static CelValue Shifted(string name, CelValue value, long by, Func<ulong, int, ulong> shift)
    {
        if (by < 0)
        {
            return new ErrorValue($"math.{name}() negative offset: {by}");
        }

        var bits = value is IntValue number ? (ulong)number.Value : ((UintValue)value).Value;
        var shifted = by > 63 ? 0 : shift(bits, (int)by);
        return value is IntValue ? IntValue.Of((long)shifted) : new UintValue(shifted);
    }
}
