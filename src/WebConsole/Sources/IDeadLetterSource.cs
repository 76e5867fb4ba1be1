using Ptune.Contracts.Messages;

namespace Ptune.WebConsole.Sources;

/// <summary>Messages that could not be read or handled.</summary>
public interface IDeadLetterSource
{
    /// <summary>The letters of all pools, oldest first; or why they cannot be read now.</summary>
    Task<(IReadOnlyList<DeadLetter> Letters, string? Away)> ListAsync(CancellationToken cancellation);

    /// <summary>How many were put back into their queues, in the name of the request's visitor; or why that cannot be done now.</summary>
    Task<(int Replayed, string? Away)> ReplayAsync(HttpContext http);
}
