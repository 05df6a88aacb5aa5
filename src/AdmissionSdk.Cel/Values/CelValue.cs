using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel;

/// <summary>A value of CEL: the result of an expression, or something that an expression reads.</summary>
/// <remarks>Values do not change, and are safe to use from several threads.</remarks>
public abstract class CelValue
{
    private protected CelValue()
    {
    }

    /// <summary>The name of the type, as <c>type(value)</c> has it: <c>bool</c>, <c>int</c>, <c>string</c>, <c>list</c>, <c>map</c>, and so on.</summary>
    public string TypeName => Type.Name;

    internal abstract CelType Type { get; }

    /// <summary>How far operations on the value go, for their cost: code points, bytes or elements; 1 for everything else.</summary>
    internal virtual long Size => 1;

    /// <summary>True for a value that <c>optional.ofNonZeroValue</c> takes for nothing.</summary>
    internal virtual bool IsZero => false;

    internal bool IsError => this is Values.ErrorValue;

    /// <summary>The boolean, if the value is one.</summary>
    /// <param name="value">The boolean.</param>
    /// <returns>False if the value is of another type.</returns>
    public bool TryGetBoolean(out bool value)
    {
        value = (this as Values.BoolValue)?.Value ?? false;
        return this is Values.BoolValue;
    }

    /// <summary>Equality as <c>==</c> has it, for values that are not errors: numbers compare by value, lists and maps by content, and values of different types are unequal.</summary>
    internal virtual bool EqualTo(CelValue other) => ReferenceEquals(this, other);

    /// <summary>The value as it appears in messages, and on the left of "no such key".</summary>
    /// <returns>The text of a string without quotes, the elements of a list in brackets, and so on.</returns>
    public abstract override string ToString();
}
