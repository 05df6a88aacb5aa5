using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Fields;

/// <summary>A field of a model. Expressions such as <c>pod => pod.Spec.Containers[0].Image</c> are read, never compiled, so that they work under NativeAOT.</summary>
internal sealed class FieldPath
{
    private FieldPath(IReadOnlyList<FieldSegment> segments, ICustomAttributeProvider? field = null)
    {
        Segments = segments;
        Field = field;
    }

    /// <summary>The member of the model that the path ends in, if any.</summary>
    public ICustomAttributeProvider? Field { get; }

    public IReadOnlyList<FieldSegment> Segments { get; }

    /// <summary>Reads an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="options">The JSON options of the expression's types; without options, attributes and camel case make the names.</param>
    /// <exception cref="ArgumentException">The expression is more than members and indices, or a member is not one in JSON.</exception>
    public static FieldPath From(LambdaExpression expression, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(expression);
        List<FieldSegment> segments = [];
        for (var node = expression.Body; node is not ParameterExpression; node = Enter(node, segments, expression, options))
        {
        }

        segments.Reverse();
        return new FieldPath(segments, (StripCasts(expression.Body) as MemberExpression)?.Member);
    }

    /// <summary>Reads a JSON Pointer; the model tells, as far as it goes, which steps go into lists and which into maps.</summary>
    /// <exception cref="ArgumentException">The text is not a JSON Pointer.</exception>
    public static FieldPath FromPointer(string pointer, JsonTypeInfo model)
    {
        ArgumentNullException.ThrowIfNull(pointer);
        var names = JsonPointer.TryParse(pointer)
            ?? throw new ArgumentException($"\"{pointer}\" is not a JSON Pointer: it starts with '/', and '~' and '/' in names are written ~0 and ~1.", nameof(pointer));
        var segments = new FieldSegment[names.Length];
        ICustomAttributeProvider? field = null;
        var at = model;
        for (var i = 0; i < names.Length; i++)
        {
            var property = at?.Kind == JsonTypeInfoKind.Object ? at.Properties.FirstOrDefault(property => property.Name == names[i]) : null;
            (segments[i], var next) = at?.Kind switch
            {
                JsonTypeInfoKind.Object when property is not null => (new FieldSegment(names[i], FieldSegmentKind.Member), property.PropertyType),
                JsonTypeInfoKind.Enumerable => (new FieldSegment(names[i], FieldSegmentKind.Index), at.ElementType),
                JsonTypeInfoKind.Dictionary => (new FieldSegment(names[i], FieldSegmentKind.Key), at.ElementType),
                _ => (new FieldSegment(names[i], FieldSegmentKind.Unknown), null),
            };
            field = property?.AttributeProvider;
            at = next is not null && property?.CustomConverter is null && model.Options.TryGetTypeInfo(next, out var info) ? info : null;
        }

        return new FieldPath(segments, field);
    }

    public FieldPath AppendKey(string name) => new([.. Segments, new FieldSegment(name, FieldSegmentKind.Key)]);

    /// <summary>Spells the path as a JSON Pointer: <c>/spec/containers/0/image</c>.</summary>
    public string ToPointer() => string.Concat(Segments.Select(segment => "/" + JsonPointer.Escape(segment.Name)));

    /// <summary>Spells the path as Kubernetes does: <c>spec.containers[0].image</c>, <c>metadata.annotations[example.com/a]</c>.</summary>
    public string ToFieldString()
    {
        var text = new StringBuilder();
        foreach (var segment in Segments)
        {
            if (segment.Kind == FieldSegmentKind.Member)
            {
                text.Append(text.Length == 0 ? "" : ".").Append(segment.Name);
            }
            else
            {
                text.Append('[').Append(segment.Name).Append(']');
            }
        }

        return text.ToString();
    }

    /// <summary>Adds the outermost step of an expression, and returns the rest.</summary>
    private static Expression Enter(Expression node, List<FieldSegment> segments, LambdaExpression whole, JsonSerializerOptions? options)
    {
        switch (node)
        {
            case UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked or ExpressionType.TypeAs } convert:
                return convert.Operand;
            case MemberExpression { Expression: { } target, Member: PropertyInfo { Name: "Value" } } when Nullable.GetUnderlyingType(target.Type) is not null:
                return target;
            case MemberExpression { Expression: { } target } member:
                segments.Add(new FieldSegment(ReadMemberName(member, target, whole, options), FieldSegmentKind.Member));
                return target;
            case BinaryExpression { NodeType: ExpressionType.ArrayIndex } index:
                segments.Add(ReadIndex(index.Right, index.Left, whole, options));
                return index.Left;
            case MethodCallExpression { Method.Name: "get_Item", Object: { } target, Arguments: [var argument] }:
                segments.Add(ReadIndex(argument, target, whole, options));
                return target;
            case MethodCallExpression { Method: { Name: "ElementAt", DeclaringType: var type }, Arguments: [var target, var argument] } when type == typeof(Enumerable):
                segments.Add(ReadIndex(argument, target, whole, options));
                return target;
            default:
                throw new ArgumentException($"\"{whole}\" is not a path: use members, and indices or keys in square brackets.", nameof(node));
        }
    }

    private static string ReadMemberName(MemberExpression member, Expression target, LambdaExpression whole, JsonSerializerOptions? options)
    {
        if (options is null)
        {
            return GetJsonName(member.Member);
        }

        // A cast to an interface hides the type that is written.
        var type = StripCasts(target).Type is var bare && member.Member.DeclaringType!.IsAssignableFrom(bare) ? bare : target.Type;
        if (!options.TryGetTypeInfo(type, out var info))
        {
            return GetJsonName(member.Member);
        }

        var isWritten = FindWrittenProperty(target, options)?.CustomConverter is null;
        return isWritten && FindProperty(info, member.Member) is { IsExtensionData: false } property
            ? property.Name
            : throw new ArgumentException(
                $"\"{member.Member.Name}\" in \"{whole}\" is not a member of {type.Name} in JSON: it is computed, ignored, or part of a plain value.", nameof(member));
    }

    private static FieldSegment ReadIndex(Expression argument, Expression target, LambdaExpression whole, JsonSerializerOptions? options)
    {
        var value = Evaluate(argument, whole);
        var kind = options is not null && options.TryGetTypeInfo(StripCasts(target).Type, out var info) ? info.Kind : JsonTypeInfoKind.None;
        return value switch
        {
            _ when kind == JsonTypeInfoKind.Object => throw new ArgumentException($"An indexer in \"{whole}\" is not a list or map in JSON.", nameof(argument)),
            string key => new FieldSegment(key, FieldSegmentKind.Key),
            not null when kind == JsonTypeInfoKind.Dictionary =>
                new FieldSegment(Convert.ToString(value, CultureInfo.InvariantCulture)!, FieldSegmentKind.Key),

            // The compiler converts a short or an enum to an int.
            IConvertible number when number.ToInt64(CultureInfo.InvariantCulture) is >= 0 and var index =>
                new FieldSegment(index.ToString(CultureInfo.InvariantCulture), FieldSegmentKind.Index),
            _ => throw new ArgumentException($"\"{value}\" in \"{whole}\" is neither an index from 0 nor a key.", nameof(argument)),
        };
    }

    private static Expression StripCasts(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked or ExpressionType.TypeAs } convert
            ? StripCasts(convert.Operand)
            : expression;

    /// <summary>Finds the JSON property that an expression reads; null if it reads none.</summary>
    private static JsonPropertyInfo? FindWrittenProperty(Expression expression, JsonSerializerOptions options) =>
        StripCasts(expression) is MemberExpression { Expression: { } target } member && options.TryGetTypeInfo(StripCasts(target).Type, out var info)
            ? FindProperty(info, member.Member)
            : null;

    // By name: an interface's member is not the class's, and metadata generated by older compilers lacks the member.
    private static JsonPropertyInfo? FindProperty(JsonTypeInfo info, MemberInfo member)
    {
        foreach (var property in info.Properties)
        {
            if (property.AttributeProvider is MemberInfo known ? known.Name == member.Name : property.Name == GetJsonName(member))
            {
                return property;
            }
        }

        return null;
    }

    private static object? Evaluate(Expression expression, LambdaExpression whole) => expression switch
    {
        ConstantExpression constant => constant.Value,
        UnaryExpression { NodeType: ExpressionType.Convert } convert => Evaluate(convert.Operand, whole),
        MemberExpression { Member: FieldInfo field, Expression: var target } => field.GetValue(target is null ? null : Evaluate(target, whole)),
        MemberExpression { Member: PropertyInfo property, Expression: var target } => property.GetValue(target is null ? null : Evaluate(target, whole)),
        _ => throw new ArgumentException($"An index in \"{whole}\" is computed: put it in a variable first.", nameof(expression)),
    };

    private static string GetJsonName(MemberInfo member) =>
        member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(member.Name);
}
