using AdmissionSdk.Configuration;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Hosting;

/// <summary>The refusal of a program's start, whose text is one line: the reader can mend a setting, and a stack trace would hide which.</summary>
internal sealed class StartRefusedException(IEnumerable<string> problems) : OptionsValidationException("", typeof(StartCheck), problems)
{
    public override string ToString() => Message;
}
