using Ptune.Contracts.Messages;

namespace Ptune.Messaging.DeadLetters;

/// <summary>In memory a message is an object: there is nothing that cannot be read.</summary>
internal sealed class NoDeadLetters : IDeadLetters
{
    public Task<IReadOnlyList<DeadLetter>> ListAsync(IEnumerable<string> pools, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>([]);

    public Task<int> ReplayAsync(IEnumerable<string> pools, CancellationToken cancellation = default) => Task.FromResult(0);
}
