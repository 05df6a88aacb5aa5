namespace ImageRegistryWebhook.Registries;

/// <summary>What came of asking a registry. Only the first two are answers.</summary>
internal enum LookupOutcome
{
    Present,
    Absent,

    /// <summary>It wants credentials that there are not, or does not take those there are. Many registries say so of what they do not have.</summary>
    Unauthorized,

    /// <summary>It asked for less, or was too busy (429, 5xx).</summary>
    Overloaded,

    /// <summary>There is no connection to be had, or it broke.</summary>
    Unreachable,

    /// <summary>It took too long.</summary>
    Timeout,

    /// <summary>It answered something that a registry does not answer.</summary>
    BadResponse,

    /// <summary>It is not to be asked, or wanted to lead to where nobody may be led.</summary>
    Refused,

    /// <summary>Too many answers are under way.</summary>
    Busy,
}
