using Ptune.Simulation.Tests.Machines;

namespace Ptune.Simulation.Tests.Stores;

/// <summary>One request to a store and its answer.</summary>
internal static class StoreTrip
{
    /// <param name="fault">How probable each of two faults is: it never arrives, or its answer does not.</param>
    /// <param name="perform">Acts in the store, and says what the caller makes of the answer on its own machine.</param>
    public static Task<T> GoAsync<T>(Machine machine, double fault, Action<Action<Func<T>>> perform)
    {
        var chaos = machine.World.Chaos;
        var result = new TaskCompletionSource<T>();
        if (chaos.Strikes(fault))
        {
            machine.After(Time(chaos), () => result.SetException(new IOException("the store did not take it")));
            return result.Task;
        }
        var isLate = chaos.Strikes(fault);
        chaos.After(Time(chaos), () => perform(answer => machine.After(Time(chaos), () => Conclude(result, isLate, answer))));
        return result.Task;
    }

    private static void Conclude<T>(TaskCompletionSource<T> result, bool isLate, Func<T> answer)
    {
        try
        {
            if (isLate) throw new TimeoutException("no answer from the store");
            result.SetResult(answer());
        }
        catch (Exception problem)
        {
            result.SetException(problem);
        }
    }

    private static double Time(Chaos chaos) => chaos.Strikes(0.02) ? chaos.Between(0.1, 3) : chaos.Between(0.0005, 0.005);
}
