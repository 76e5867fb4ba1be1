namespace Ptune.Contracts.Specs;

/// <summary>What is done with an example that has more tokens than it may.</summary>
public enum TooLong
{
    /// <summary>Its end is cut off.</summary>
    Cut,

    /// <summary>The start of its prompt is cut off first, and the end of its response only where that alone is too long.</summary>
    CutPrompt,

    /// <summary>It is left out and counted.</summary>
    Drop,

    /// <summary>It ends the job.</summary>
    Refuse,
}
