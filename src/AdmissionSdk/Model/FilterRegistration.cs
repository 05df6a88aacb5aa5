using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Model;

/// <summary>A filter, and how to get it for one handler call.</summary>
internal sealed record FilterRegistration(Func<IServiceProvider, IAdmissionFilter> Resolve)
{
    public static FilterRegistration For<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>()
        where TFilter : class, IAdmissionFilter =>
        new(ActivatorUtilities.GetServiceOrCreateInstance<TFilter>);
}
