using Ptune.Contracts.Messages;

namespace Ptune.Messaging.DeadLetters;

/// <summary>The messages that could not be read or handled.</summary>
public interface IDeadLetters
{
    /// <summary>Those of these pools, oldest first; nothing is taken from the queues.</summary>
    /// <exception cref="MessagingUnavailableException">The broker is away.</exception>
    Task<IReadOnlyList<DeadLetter>> ListAsync(IEnumerable<string> pools, CancellationToken cancellation = default);

    /// <summary>Puts those of these pools back into their pools' queues. One that still cannot be read comes back as a dead letter.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="MessagingUnavailableException">The broker is away.</exception>
    Task<int> ReplayAsync(IEnumerable<string> pools, CancellationToken cancellation = default);
}
