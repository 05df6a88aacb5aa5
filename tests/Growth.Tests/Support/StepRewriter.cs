using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using MethodBody = Mono.Cecil.Cil.MethodBody;

namespace Growth.Tests.Support;

/// <summary>
/// Rewrites a compiled assembly so that it counts its steps: each method when it is entered, lambdas too, and each loop when it goes round. Nobody can forget
/// to count in a new loop.
/// </summary>
internal sealed class StepRewriter
{
    private readonly ModuleDefinition _module;
    private readonly MethodReference _add;
    private readonly ILookup<string, MethodInfo> _counted =
        typeof(CountedCalls).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).ToLookup(method => method.Name, StringComparer.Ordinal);

    private StepRewriter(ModuleDefinition module)
    {
        _module = module;
        _add = module.ImportReference(typeof(Steps).GetMethod(nameof(Steps.Add), []));
    }

    /// <summary>Reads an assembly and returns the rewritten one.</summary>
    public static MemoryStream Rewrite(string path)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(path));
        using var assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = resolver });
        var rewriter = new StepRewriter(assembly.MainModule);
        // An accessor of another assembly's private member has a body without instructions.
        foreach (var method in assembly.MainModule.GetTypes().Where(type => !Counts(type)).SelectMany(type => type.Methods).Where(method => method.HasBody && method.Body.Instructions.Count > 0))
        {
            rewriter.Rewrite(method.Body);
        }

        var output = new MemoryStream();
        assembly.Write(output);
        output.Position = 0;
        return output;
    }

    // The counters themselves are not counted, or a step would take a step.
    private static bool Counts(TypeDefinition type) => (type.DeclaringType ?? type).FullName is "Growth.Tests.Support.Steps" or "Growth.Tests.Support.CountedCalls";

    private void Rewrite(MethodBody body)
    {
        // Branches become long ones, since the code between may grow.
        body.SimplifyMacros();
        foreach (var instruction in body.Instructions.Where(instruction => instruction.Operand is MethodReference))
        {
            Redirect(instruction);
        }

        foreach (var target in LoopStarts(body).Append(body.Instructions[0]).Distinct().ToList())
        {
            InsertBefore(body, target);
        }

        body.OptimizeMacros();
    }

    private static IEnumerable<Instruction> LoopStarts(MethodBody body)
    {
        var places = body.Instructions.Select((instruction, place) => (instruction, place)).ToDictionary(pair => pair.instruction, pair => pair.place);
        return
            from instruction in body.Instructions
            from target in instruction.Operand switch { Instruction one => [one], Instruction[] many => many, _ => Array.Empty<Instruction>() }
            where places[target] <= places[instruction]
            select target;
    }

    private void InsertBefore(MethodBody body, Instruction target)
    {
        var step = Instruction.Create(OpCodes.Call, _add);
        body.GetILProcessor().InsertBefore(target, step);
        foreach (var instruction in body.Instructions)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction one when one == target => step,
                Instruction[] many => Array.ConvertAll(many, one => one == target ? step : one),
                var other => other,
            };
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            handler.TryStart = handler.TryStart == target ? step : handler.TryStart;
            handler.TryEnd = handler.TryEnd == target ? step : handler.TryEnd;
            handler.FilterStart = handler.FilterStart == target ? step : handler.FilterStart;
            handler.HandlerStart = handler.HandlerStart == target ? step : handler.HandlerStart;
            handler.HandlerEnd = handler.HandlerEnd == target ? step : handler.HandlerEnd;
        }
    }

    /// <summary>Calls the counted method in place of one of .NET that loops.</summary>
    private void Redirect(Instruction instruction)
    {
        if (instruction.OpCode.Code is not (Code.Call or Code.Callvirt)
            || instruction.Operand is not MethodReference called
            || FindCounted(called) is not { } counted
            || instruction.Previous?.OpCode.Code == Code.Constrained)
        {
            return;
        }

        var replacement = _module.ImportReference(counted);
        if (counted.IsGenericMethodDefinition)
        {
            var generic = new GenericInstanceMethod(replacement);
            var arguments = called is GenericInstanceMethod method ? method.GenericArguments : ((GenericInstanceType)called.DeclaringType).GenericArguments;
            generic.GenericArguments.Add(arguments[0]);
            replacement = generic;
        }

        (instruction.OpCode, instruction.Operand) = (OpCodes.Call, replacement);
    }

    private MethodInfo? FindCounted(MethodReference called)
    {
        var type = called.DeclaringType.Name.Split('`')[0];
        if (called.DeclaringType.Namespace is not { } space || !space.StartsWith("System", StringComparison.Ordinal))
        {
            return null;
        }

        var wanted = called.Parameters.Select(parameter => NameOf(parameter.ParameterType)).ToList();
        return _counted[$"{type}_{called.Name}"].FirstOrDefault(method =>
            method.GetParameters().Skip(called.HasThis ? 1 : 0).Select(parameter => NameOf(parameter.ParameterType)).SequenceEqual(wanted)
            && method.GetGenericArguments().Length == Math.Max((called as GenericInstanceMethod)?.GenericArguments.Count ?? 0, (called.DeclaringType as GenericInstanceType)?.GenericArguments.Count ?? 0));
    }

    // A parameter of the type's or the method's own is any one.
    private static string NameOf(TypeReference type) => type.IsGenericParameter ? "T" : type.Name.Split('`')[0];

    private static string NameOf(Type type) => type.IsGenericParameter ? "T" : type.Name.Split('`')[0];
}
