namespace Ptune.Learning.Generation;

/// <summary>Why a text ended.</summary>
internal enum FinishReason
{
    /// <summary>An end token came; it is part of the ids.</summary>
    Eos,

    /// <summary>It has as many tokens as were asked for.</summary>
    Length,

    /// <summary>The one who reads along ended it.</summary>
    Stop,
}
