using AdmissionSdk.Registration;

namespace ImageRegistryWebhook.Guarding;

/// <summary>The guard policy of an image policy, as CEL.</summary>
/// <param name="Variables">Names and expressions, in order.</param>
/// <param name="Validation">The expression that is true if no image is refused.</param>
/// <param name="MessageExpression">The message of a denial.</param>
/// <param name="Notes">The cases in which the policy denies more than the webhook.</param>
/// <param name="PartialReason">The images that the policy leaves to the webhook, in words; null for nothing.</param>
internal sealed record GeneratedGuard(
    IReadOnlyList<(string Name, string Expression)> Variables, string Validation, string MessageExpression, IReadOnlyList<string> Notes, string? PartialReason)
{
    public const string Message = "the image policy refuses an image of this pod";

    public void AddTo(GuardPolicyBuilder builder)
    {
        foreach (var (name, expression) in Variables)
        {
            builder.Variable(name, expression);
        }

        builder.Validate(Validation, Message, MessageExpression);
        foreach (var note in Notes)
        {
            builder.Note(note);
        }

        if (PartialReason is { } reason)
        {
            builder.Partial(reason);
        }
    }
}
