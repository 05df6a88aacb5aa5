using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Configuration;

/// <summary>Makes options anew from code and configuration, for the failures of their validators only: options in use are read once.</summary>
internal sealed class OptionsCheck<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(IOptionsFactory<T> factory)
    : IConfigurationCheck
    where T : class
{
    public IEnumerable<string> Find()
    {
        try
        {
            factory.Create(Options.DefaultName);
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
    }
}
