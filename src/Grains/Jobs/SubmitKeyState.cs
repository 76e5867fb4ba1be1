using Ptune.Contracts.Jobs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Jobs;

/// <summary>An idempotency key as it is stored. Add members with new ids; never rename, renumber or retype one.</summary>
[GenerateSerializer, Alias("ptune.SubmitKeyState")]
public sealed record SubmitKeyState : IStoredState<SubmitKeyState>
{
    [Id(0)] public required SubmitClaim Claim { get; init; }

    [Id(1)] public required DateTimeOffset At { get; init; }

    [Id(2)] public required long Version { get; init; }

    Outbox IStoredState<SubmitKeyState>.Outbox => Outbox.Empty;

    bool IStoredState<SubmitKeyState>.IsAtRest => true;

    SubmitKeyState IStoredState<SubmitKeyState>.WithOutbox(Outbox outbox) => this;

    SubmitKeyState IStoredState<SubmitKeyState>.Shift(TimeSpan step) => this with { At = At + step };
}
