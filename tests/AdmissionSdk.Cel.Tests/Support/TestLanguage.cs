using AdmissionSdk.Cel.Checking;
using AdmissionSdk.Cel.Compilation;
using AdmissionSdk.Cel.Evaluation;
using AdmissionSdk.Cel.Kubernetes;
using AdmissionSdk.Cel.Library;
using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Tests.Support;

/// <summary>The whole language with all extensions, as no version of Kubernetes has it, and variables of a test.</summary>
internal static class TestLanguage
{
    public static ExpressionLanguage Create(IReadOnlyList<Variable>? variables = null, string container = "", bool homogeneous = false)
    {
        var language = new ExpressionLanguage(
            [StandardLibrary.Create(), OptionalLibrary.Create(), ComprehensionLibrary.Create(), BindingLibrary.Create(), StringLibrary.Create(4), SetLibrary.Create(), MathLibrary.Create(), ListLibrary.Create(), NetworkLibrary.Addresses(), NetworkLibrary.Ranges()],
            variables ?? [],
            [],
            optionals: true)
        {
            ValidatesLiterals = false,
        };
        return new ExpressionLanguage(language.Libraries, language.Variables, [], optionals: true)
        {
            ValidatesLiterals = false,
            Checking = new CheckerEnvironment(language.Libraries, language.Variables, []) { Container = container, HomogeneousLiterals = homogeneous },
        };
    }

    public static Variable Variable(string name, CelType type) => new(name, type);

    public sealed class Values(IReadOnlyDictionary<string, CelValue> values) : IVariableSource
    {
        public CelValue? Find(string name, EvalFrame frame) => values.GetValueOrDefault(name);
    }
}
