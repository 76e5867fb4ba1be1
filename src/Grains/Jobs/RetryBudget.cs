namespace Ptune.Grains.Jobs;

/// <summary>What one cause of failure is worth.</summary>
/// <param name="Tries">The attempt with this number that fails for it, without progress since the first, is the last.</param>
/// <param name="First">The longest wait after the first failure that is waited after; it doubles with each.</param>
/// <param name="AtOnce">How many failures are tried again without a wait.</param>
internal sealed record RetryBudget(int Tries, TimeSpan First, int AtOnce = 0)
{
    public static RetryBudget None { get; } = new(1, TimeSpan.Zero);

    public static RetryBudget Unlimited { get; } = new(int.MaxValue, TimeSpan.Zero);

    public bool IsUnlimited => Tries == int.MaxValue;
}
