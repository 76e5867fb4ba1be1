using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Messages;
using Ptune.Messaging.DeadLetters;
using Ptune.Silo.Audit;
using Ptune.Silo.Http;
using Ptune.Silo.Pools;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

/// <summary>Dead letters as the API lists and replays them.</summary>
internal sealed class DeadLetterSource(IDeadLetters letters, KnownPools pools, AuditLog audit) : IDeadLetterSource
{
    public async Task<(IReadOnlyList<DeadLetter> Letters, string? Away)> ListAsync(HttpContext http) => (await DeadLetterEndpoints.List(http, pools, letters)).Result switch
    {
        Ok<IReadOnlyList<DeadLetter>> { Value: { } found } => (found, null),
        var refused => ([], Refusals.Of(refused)),
    };

    public async Task<(int Replayed, string? Away)> ReplayAsync(HttpContext http) => (await DeadLetterEndpoints.Replay(http, pools, letters, audit)).Result switch
    {
        Ok<ReplayedLetters> { Value: { } replayed } => (replayed.Replayed, null),
        var refused => (0, Refusals.Of(refused)),
    };
}
