using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Checking;

/// <summary>The types found so far for type parameters. A failed comparison leaves no trace.</summary>
internal sealed class TypeMapping
{
    private readonly Dictionary<string, CelType> _types = new(StringComparer.Ordinal);

    // The types that were replaced since the comparison at hand began; null where there was none.
    private readonly Stack<(string Parameter, CelType? Before)> _changes = [];

    public bool IsAssignable(CelType to, CelType from) => Attempt(() => Assign(to, from));

    public bool AreAssignable(IReadOnlyList<CelType> to, IReadOnlyList<CelType> from) => Attempt(() => AssignAll(to, from));

    /// <summary>The type with everything in it that has been found. The types that were not found become dyn at the end.</summary>
    public CelType Substitute(CelType type, bool openToDyn)
    {
        if (type.Kind == CelKind.TypeParam)
        {
            return _types.TryGetValue(type.Name, out var found) ? Substitute(found, openToDyn) : openToDyn ? CelType.Dyn : type;
        }

        if (type.Parameters.Count == 0)
        {
            return type;
        }

        CelType[] parameters = [.. type.Parameters.Select(parameter => Substitute(parameter, openToDyn))];
        return type.Kind switch
        {
            CelKind.List => CelType.ListOf(parameters[0]),
            CelKind.Map => CelType.MapOf(parameters[0], parameters[1]),
            CelKind.Type => CelType.TypeOf(parameters[0]),
            CelKind.Opaque => CelType.OpaqueOf(type.Name, parameters),
            _ => type,
        };
    }

    /// <summary>The one of two types that takes values of both.</summary>
    public static CelType MostGeneral(CelType first, CelType second) => IsAtMostAsSpecific(first, second) ? first : second;

    private bool Attempt(Func<bool> assign)
    {
        _changes.Clear();
        if (assign())
        {
            return true;
        }

        while (_changes.TryPop(out var change))
        {
            if (change.Before is { } before)
            {
                _types[change.Parameter] = before;
            }
            else
            {
                _types.Remove(change.Parameter);
            }
        }

        return false;
    }

    private void Set(string parameter, CelType type)
    {
        _changes.Push((parameter, _types.GetValueOrDefault(parameter)));
        _types[parameter] = type;
    }

    private bool Assign(CelType to, CelType from)
    {
        if (from.Kind == CelKind.TypeParam)
        {
            var (valid, known) = Settle(from, to);
            if (valid || known)
            {
                return valid;
            }
        }

        if (to.Kind == CelKind.TypeParam)
        {
            return Settle(to, from).Valid;
        }

        if (to.IsDynOrError || from.IsDynOrError)
        {
            return true;
        }

        if (to.Kind == CelKind.Null || from.Kind == CelKind.Null)
        {
            return IsNullable(to) && IsNullable(from);
        }

        return to.Kind switch
        {
            CelKind.Type => from.Kind == CelKind.Type,
            CelKind.Opaque or CelKind.List or CelKind.Map => to.Kind == from.Kind && to.Name == from.Name && AssignAll(to.Parameters, from.Parameters),
            _ => to.IsExactly(from),
        };
    }

    private static bool IsNullable(CelType type) =>
        type.Kind is CelKind.Null or CelKind.Opaque or CelKind.Struct or CelKind.Duration or CelKind.Timestamp;

    private bool AssignAll(IReadOnlyList<CelType> to, IReadOnlyList<CelType> from)
    {
        if (to.Count != from.Count)
        {
            return false;
        }

        for (var i = 0; i < to.Count; i++)
        {
            if (!Assign(to[i], from[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Settles a parameter on a type; "known" if it had one before.</summary>
    private (bool Valid, bool Known) Settle(CelType parameter, CelType type)
    {
        if (type.IsExactly(parameter))
        {
            return (true, true);
        }

        if (_types.TryGetValue(parameter.Name, out var settled))
        {
            if (type.IsExactly(settled))
            {
                return (true, true);
            }

            if (!Assign(type, settled))
            {
                return (false, true);
            }

            var general = MostGeneral(type, settled);
            if (IsFree(parameter, general))
            {
                Set(parameter.Name, general);
            }

            return (true, true);
        }

        if (!IsFree(parameter, type))
        {
            return (false, false);
        }

        Set(parameter.Name, type);
        return (true, false);
    }

    /// <summary>True if a type does not contain the parameter, which would have no end.</summary>
    private bool IsFree(CelType parameter, CelType type)
    {
        if (type.Kind == CelKind.TypeParam)
        {
            return type.Name != parameter.Name && (!_types.TryGetValue(type.Name, out var settled) || IsFree(parameter, settled));
        }

        return type.Parameters.All(inner => IsFree(parameter, inner));
    }

    private static bool IsAtMostAsSpecific(CelType first, CelType second)
    {
        if (first.Kind is CelKind.Dyn or CelKind.TypeParam)
        {
            return true;
        }

        if (second.Kind is CelKind.Dyn or CelKind.TypeParam || first.Kind != second.Kind)
        {
            return false;
        }

        return first.Kind switch
        {
            CelKind.Type => true,
            CelKind.Opaque or CelKind.List or CelKind.Map =>
                first.Name == second.Name && first.Parameters.Count == second.Parameters.Count && first.Parameters.Zip(second.Parameters).All(pair => IsAtMostAsSpecific(pair.First, pair.Second)),
            _ => first.IsExactly(second),
        };
    }
}
