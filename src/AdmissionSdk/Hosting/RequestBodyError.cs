namespace AdmissionSdk.Hosting;

/// <summary>The reasons for not reading a request body.</summary>
internal enum RequestBodyError
{
    None,
    TooLarge,
    BudgetExceeded,
    Interrupted,
}
