namespace Ptune.Grains.Shell;

/// <summary>What a state machine makes of a command.</summary>
/// <param name="State">The next state; the same object when nothing changes.</param>
/// <param name="Answer">What the caller is told once the state stands.</param>
/// <param name="IsVolatile">
/// True when a crash may take the change back (progress, a lease's renewal that is stored often enough): it is kept in memory until the next
/// write. A volatile change asks for no effects.
/// </param>
internal readonly record struct Decision<TState, TAnswer>(TState? State, TAnswer Answer, bool IsVolatile = false)
    where TState : class;
