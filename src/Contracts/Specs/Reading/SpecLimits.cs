namespace Ptune.Contracts.Specs.Reading;

/// <summary>
/// How large a spec may be. Everything that is done for a spec is linear in these, so that whatever a client sends costs a bounded time, memory
/// and answer.
/// </summary>
public static class SpecLimits
{
    /// <summary>Longer texts are refused unread. What aliases repeat counts each time.</summary>
    public const int Characters = 1_000_000;

    /// <summary>Lists and maps within each other.</summary>
    public const int Depth = 64;

    /// <summary>Values, keys, lists and maps together. What aliases repeat counts each time.</summary>
    public const int Nodes = 50_000;

    /// <summary>Characters of a key.</summary>
    public const int KeyCharacters = 200;

    /// <summary>Characters of a single value.</summary>
    public const int ValueCharacters = 20_000;

    /// <summary>Problems that are listed; of further ones only the number is given.</summary>
    public const int Problems = 50;

    /// <summary>Names of labels: a data set's files hold a label as one byte.</summary>
    public const int Labels = 256;

    /// <summary>Models of a study.</summary>
    public const int Models = 256;

    /// <summary>Jobs of a study.</summary>
    public const int StudyJobs = 2_000;
}
