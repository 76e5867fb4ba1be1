namespace Ptune.Learning.Evaluation.Language;

/// <summary>Which choice counts as the model's: the names in brackets are the harness's.</summary>
internal enum ChoiceRule
{
    /// <summary>The most probable (acc).</summary>
    Sum,

    /// <summary>The largest log-probability a character (acc_norm).</summary>
    PerCharacter,

    /// <summary>The largest log-probability a byte of UTF-8 (acc_bytes).</summary>
    PerByte,
}
