namespace AdmissionSdk.Patching.Reading;

/// <summary>A value that is read on first use.</summary>
internal interface IDeferred
{
    /// <summary>Tells if somebody used the value; until then the value is what was received.</summary>
    bool IsRead { get; }
}
