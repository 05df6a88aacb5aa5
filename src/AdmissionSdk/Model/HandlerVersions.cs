using AdmissionSdk.Registration;

namespace AdmissionSdk.Model;

/// <summary>
/// Decides which handlers take reviews of their own version only. The API server sends an object in the version of a rule (contract 2.8, 13.4), so beside a
/// target of another version, whose rule lets the other version through, a handler would get objects that are not of its type.
/// </summary>
internal static class HandlerVersions
{
    /// <summary>The handlers of one webhook, with <see cref="ResourceTarget.IsVersionExact"/> where another target meets the resource in another version.</summary>
    public static IReadOnlyList<HandlerDescriptor> Resolve(IReadOnlyList<HandlerDescriptor> handlers)
    {
        ResourceTarget[] all = [.. handlers.SelectMany(handler => handler.Resources)];
        return
        [
            .. handlers.Select(handler => handler.With(
            [
                .. handler.Resources.Select(target => target with
                {
                    IsVersionExact = target.IsVersionExact || all.Any(other => other.Version != target.Version && other.Overlaps(target)),
                }),
            ])),
        ];
    }

    /// <summary>
    /// Finds types of one version that are registered for every version of their resource while another handler names another version: it cannot be told
    /// which objects of the latter version the former is to read.
    /// </summary>
    public static IEnumerable<string> FindProblems(IReadOnlyList<HandlerDescriptor> handlers) =>
        from handler in handlers
        let own = KnownResources.TryGet(handler.ObjectType)
        where own is not null && own.Version != "*"
        from target in handler.Resources
        where target.Version == "*" && target.Resource == own.Resource && (target.Group == own.Group || target.Group == "*")
        let other = handlers.SelectMany(item => item.Resources).FirstOrDefault(item => item.Version != "*" && item.Version != own.Version && item.Overlaps(target))
        where other is not null
        select $"{handler.ObjectType.Name} is {own.Resource}{(own.Group.Length == 0 ? "" : "." + own.Group)} of {own.Version}, and is registered for every version, while another handler names {other.Version}; say Resource(\"{own.Group}\", \"{own.Version}\", \"{own.Resource}\").";
}
