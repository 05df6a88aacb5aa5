using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Evaluation;

/// <summary>A value with fields and indexes behind it: <c>object.spec.containers[0]</c>. Behind an optional one everything is optional.</summary>
internal sealed class AttributeNode(EvalNode operand) : EvalNode
{
    private readonly List<Qualifier> _qualifiers = [];

    private bool _isTest;

    public void Add(Qualifier qualifier) => _qualifiers.Add(qualifier);

    /// <summary>Makes the attribute the argument of <c>has()</c>.</summary>
    public void Test(EvalNode field)
    {
        _qualifiers.Add(new Qualifier(field, optional: false, testOnly: true));
        _isTest = true;
    }

    public override CelValue Eval(EvalFrame frame)
    {
        var value = Resolve(frame);
        if (_isTest)
        {
            return value is OptionalValue optional ? BoolValue.Of(optional.Value is not null) : value;
        }

        // A choice between two values costs nothing itself, and has() counts its fields only.
        if (operand is not ConditionalNode)
        {
            frame.Charge(1);
        }

        return value;
    }

    /// <summary>The value without the cost of reading a variable, as an index or a branch is read.</summary>
    public CelValue Resolve(EvalFrame frame)
    {
        var value = operand.Eval(frame);
        if (value is ErrorValue || _qualifiers.Count == 0)
        {
            return value;
        }

        var isOptional = value is OptionalValue;
        if (value is OptionalValue optional)
        {
            if (optional.Value is null)
            {
                return optional;
            }

            value = optional.Value;
        }

        foreach (var qualifier in _qualifiers)
        {
            isOptional |= qualifier.IsOptional;
            if (qualifier.Apply(value, isOptional, frame) is not { } next)
            {
                return OptionalValue.None;
            }

            if (next is ErrorValue)
            {
                return next;
            }

            value = next;
        }

        return isOptional ? new OptionalValue(value) : value;
    }
}
