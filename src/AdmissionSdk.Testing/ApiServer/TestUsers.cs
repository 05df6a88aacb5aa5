using k8s;
using k8s.Models;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Grants a test user rights, and waits until the API server's authorizer knows of them.</summary>
internal static class TestUsers
{
    private const string RbacGroup = "rbac.authorization.k8s.io";

    /// <summary>Binds the user to a cluster role of its own, made of these rules.</summary>
    public static async Task GrantAsync(IKubernetes administrator, string user, IList<V1PolicyRule> rules, Cleanup cleanup, CancellationToken cancellationToken)
    {
        var role = new V1ClusterRole { Metadata = new V1ObjectMeta { GenerateName = "admission-sdk-test-" }, Rules = rules };
        OwnLabel.Set(role.Metadata);
        var name = (await administrator.RbacAuthorizationV1.CreateClusterRoleAsync(role, cancellationToken: cancellationToken)).Metadata.Name;
        cleanup.Add(token => administrator.RbacAuthorizationV1.DeleteClusterRoleAsync(name, cancellationToken: token));

        var binding = new V1ClusterRoleBinding
        {
            Metadata = new V1ObjectMeta { Name = name },
            RoleRef = new V1RoleRef { ApiGroup = RbacGroup, Kind = "ClusterRole", Name = name },
            Subjects = [new Rbacv1Subject { ApiGroup = RbacGroup, Kind = "User", Name = user }],
        };
        OwnLabel.Set(binding.Metadata);
        await administrator.RbacAuthorizationV1.CreateClusterRoleBindingAsync(binding, cancellationToken: cancellationToken);
        cleanup.Add(token => administrator.RbacAuthorizationV1.DeleteClusterRoleBindingAsync(name, cancellationToken: token));
    }

    /// <summary>Waits until the user may do the first thing that each rule grants.</summary>
    public static async Task WaitUntilGrantedAsync(
        IKubernetes asUser, string user, IEnumerable<V1PolicyRule> rules, TimeSpan timeout, CancellationToken cancellationToken)
    {
        foreach (var question in rules.Select(Question))
        {
            await Polling.UntilAsync(
                async token =>
                {
                    var review = new V1SelfSubjectAccessReview { Spec = question };
                    var answer = await asUser.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(review, cancellationToken: token);
                    return answer.Status.Allowed ? null : answer.Status.Reason ?? "not allowed";
                },
                timeout,
                seen => $"User '{user}' did not get the rights granted to it: {seen}.",
                cancellationToken);
        }
    }

    private static V1SelfSubjectAccessReviewSpec Question(V1PolicyRule rule)
    {
        var verb = rule.Verbs[0];
        if (rule.NonResourceURLs is [var url, ..])
        {
            return new V1SelfSubjectAccessReviewSpec { NonResourceAttributes = new V1NonResourceAttributes { Path = url, Verb = verb } };
        }

        var resource = rule.Resources[0].Split('/', 2);
        return new V1SelfSubjectAccessReviewSpec
        {
            ResourceAttributes = new V1ResourceAttributes
            {
                Group = rule.ApiGroups[0],
                Resource = resource[0],
                Subresource = resource.ElementAtOrDefault(1),
                Name = rule.ResourceNames?.FirstOrDefault(),
                Verb = verb,
            },
        };
    }
}
