using Ptune.Contracts.Jobs;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Jobs;

/// <summary>Who has an idempotency key. Nobody for ever: clients repeat a request within minutes, not weeks.</summary>
internal static class SubmitKeyMachine
{
    public static Decision<SubmitKeyState, SubmitClaim> Claim(SubmitKeyState? state, SubmitClaim claim, TimeSpan lifetime, DateTimeOffset now) =>
        state is not null && (now - state.At).Duration() < lifetime
            ? new(state, state.Claim)
            : new(new SubmitKeyState { Claim = claim, At = now, Version = (state?.Version ?? 0) + 1 }, claim);
}
