namespace AdmissionSdk.AotApp;

public sealed class WidgetSpec
{
    public string? Color { get; set; }

    public IList<string>? Parts { get; set; }
}
