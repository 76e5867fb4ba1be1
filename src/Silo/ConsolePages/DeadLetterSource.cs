using Ptune.Contracts.Messages;
using Ptune.Messaging;
using Ptune.Messaging.DeadLetters;
using Ptune.Silo.Orders;
using Ptune.Silo.Pools;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

internal sealed class DeadLetterSource(LetterReplay replay, IDeadLetters letters, KnownPools pools) : IDeadLetterSource
{
    public async Task<(IReadOnlyList<DeadLetter> Letters, string? Away)> ListAsync(CancellationToken cancellation)
    {
        try
        {
            return (await letters.ListAsync(await NamesAsync(cancellation), cancellation), null);
        }
        catch (MessagingUnavailableException away)
        {
            return ([], away.Message);
        }
    }

    public async Task<(int Replayed, string? Away)> ReplayAsync(HttpContext http)
    {
        try
        {
            return (await replay.RunAsync(http, await NamesAsync(http.RequestAborted)), null);
        }
        catch (MessagingUnavailableException away)
        {
            return (0, away.Message);
        }
    }

    private async Task<string[]> NamesAsync(CancellationToken cancellation) => [.. (await pools.ViewsAsync(cancellation)).Select(p => p.Name)];
}
