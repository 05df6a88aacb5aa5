namespace AdmissionSdk.Hosting;

/// <summary>Why a request body was not read.</summary>
internal enum RequestBodyError
{
    None,
    TooLarge,
    BudgetExceeded,
    Interrupted,
}
