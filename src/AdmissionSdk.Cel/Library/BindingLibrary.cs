using AdmissionSdk.Cel.Functions;

namespace AdmissionSdk.Cel.Library;

/// <summary><c>cel.bind</c>, which no environment of Kubernetes has.</summary>
internal static class BindingLibrary
{
    public static FunctionLibrary Create() => new FunctionLibrary().Add(Macros.Bindings);
}
