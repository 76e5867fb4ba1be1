using Ptune.Contracts.Jobs;
using Ptune.Simulation.Tests.Machines;
using Ptune.Simulation.Tests.Silos;

namespace Ptune.Simulation.Tests.People;

/// <summary>Asks for jobs until it is answered, and at times changes its mind.</summary>
internal sealed class Client(World world, string name) : Machine(world, name, 0)
{
    public void Ask(Order order, double after) => After(after, () => _ = SubmitAsync(order));

    public void Cancel(Order order, string? asker, double after) => After(after, () => _ = TryAsync(() => Job(order).Cancel(asker)));

    private async Task SubmitAsync(Order order)
    {
        while (!await TryAsync(() => Job(order).Submit(new JobSubmission(order.Spec, Name, order.Spec.Name))))
            await Task.Delay(TimeSpan.FromSeconds(Chaos.Between(0.5, 4)), Time);
    }

    private async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private IJobGrain Job(Order order) => new GrainFactory(this).GetGrain<IJobGrain>(order.Id);
}
