using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.Model;

/// <summary>Reads settings from text. Null: the key is not there, or its value is a problem, which the reader keeps.</summary>
internal interface ISettingReader
{
    T? Choice<T>(string key)
        where T : struct, Enum;

    bool? Flag(string key);

    /// <summary>Reads a whole number, within bounds if it has any.</summary>
    int? Number(string key, int least = int.MinValue, int most = int.MaxValue);

    /// <summary>Reads a time of whole seconds.</summary>
    TimeSpan? Seconds(string key, int least, int most);

    V1LabelSelector? Selector(string key);

    IReadOnlyList<MatchCondition>? Conditions(string key);

    IReadOnlyList<string>? Texts(string key);
}
