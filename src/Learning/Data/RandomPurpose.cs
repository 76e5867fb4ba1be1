namespace Ptune.Learning.Data;

/// <summary>What a seed's numbers are drawn for; each purpose has its own stream. The numbers are part of every recipe: never change one.</summary>
internal static class RandomPurpose
{
    public const ulong Splits = 1;
    public const ulong Shift = 2;
    public const ulong Weights = 3;
    public const ulong Probe = 4;

    /// <summary>The seed of the order of general data that are mixed in.</summary>
    public const ulong GeneralData = 5;

    /// <summary>A classification head for labels that the model did not have.</summary>
    public const ulong Head = 6;

    /// <summary>The examples that are shown before a text.</summary>
    public const ulong FewShot = 7;

    /// <summary>The order of the examples in an epoch.</summary>
    public static ulong Order(long epoch) => (1UL << 32) + (ulong)epoch;

    /// <summary>The draws of a generated text, by its prompt's number.</summary>
    public static ulong SampleOf(long prompt) => (2UL << 32) + (ulong)prompt;

    /// <summary>The numbers of a tensor of a random control.</summary>
    public static ulong ControlOf(long tensor) => (4UL << 32) + (ulong)tensor;

    /// <summary>What a device draws in a step.</summary>
    public static ulong DeviceDrawsOf(long step) => (3UL << 32) + (ulong)step;
}
