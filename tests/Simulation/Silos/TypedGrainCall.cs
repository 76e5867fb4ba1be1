using System.Reflection;
using Ptune.Simulation.Tests.Machines;

namespace Ptune.Simulation.Tests.Silos;

/// <summary>The way there and back: between machines a message may be lost, late or doubled, and a call that is not answered in time fails.</summary>
internal sealed class TypedGrainCall<TAnswer>(MethodInfo method) : GrainCall
{
    public override Task Send(Machine caller, GrainKey key, object?[] args)
    {
        var answer = new TaskCompletionSource<TAnswer>();
        var world = caller.World;
        args = world.Seam.Arguments(method.Name, key, args);
        if (world.Seam.Swallows(method.Name, key)) return Task.FromResult(default(TAnswer)!);
        caller.After(caller.Patience, () => answer.TrySetException(new TimeoutException("no answer in time")));
        var (sent, late) = (world.Chaos.Clock, 0.0);
        if (world.Network.Breaks(caller, key))
        {
            world.Note(caller, $"loses its call {method.Name} of {world.Short(key)}, which is under way all the same");
            caller.After(world.Network.Delay(), () => answer.TrySetException(new IOException("the target silo became unavailable")));
            late = world.Chaos.Between(0, caller.Patience);
        }
        foreach (var delay in world.Network.Ways(caller, key)) world.Chaos.After(delay + late, () => Arrive(caller, key, args, answer, sent + caller.Patience));
        return answer.Task;
    }

    private void Arrive(Machine caller, GrainKey key, object?[] args, TaskCompletionSource<TAnswer> answer, double end)
    {
        if (caller.World.Network.Find(caller, key) is not { } silo) return;
        silo.After(0, () =>
        {
            // The runtime drops what is older than its caller's patience.
            if (caller.World.Chaos.Clock < end) _ = ServeAsync(silo, caller, key, args, answer);
        });
    }

    private async Task ServeAsync(Silo silo, Machine caller, GrainKey key, object?[] args, TaskCompletionSource<TAnswer> answer)
    {
        var world = silo.World;
        Action<TaskCompletionSource<TAnswer>> conclude;
        var activation = world.Network.Activate(silo, key);
        activation.Calls++;
        try
        {
            await activation.Ready;
            var task = (Task)method.Invoke(activation.Instance, BindingFlags.DoNotWrapExceptions, null, args, null)!;
            await task;
            var value = task is Task<TAnswer> typed ? typed.Result : default!;
            world.Note(silo, method.Name, key, args, value);
            world.Promises.Answered(method.Name, key, args, value);
            conclude = a => a.TrySetResult(value);
        }
        catch (Exception problem)
        {
            world.Note(silo, method.Name, key, args, problem);
            conclude = a => a.TrySetException(problem);
        }
        activation.Calls--;
        foreach (var delay in world.Network.WaysBack(silo, caller)) caller.After(delay, () => conclude(answer));
    }
}
