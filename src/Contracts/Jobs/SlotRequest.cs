namespace Ptune.Contracts.Jobs;

/// <summary>
/// One request of a worker's slot for work. A lease is granted to a request: when the answer is lost, the slot's next request tells so, and the lease is delivered again or taken back.
/// </summary>
/// <param name="Slot">The slot, by an id that it shares with no other and with no other life of its worker.</param>
/// <param name="Number">Counts the slot's requests from 1. A slot makes one at a time and uses the answer to the last one only.</param>
/// <param name="Received">The number of the last request that brought a lease; 0: none has.</param>
[GenerateSerializer, Immutable, Alias("ptune.SlotRequest")]
public sealed record SlotRequest(string Slot, long Number, long Received)
{
    /// <summary>Whether the slot has never received the lease that was granted to <paramref name="earlier"/>, and would now.</summary>
    public bool HasMissed(SlotRequest earlier) => earlier.Slot == Slot && earlier.Number > Received && earlier.Number <= Number;

    /// <summary>Whether the slot does not hold the lease that was granted to <paramref name="earlier"/>: it has received a later one, or none for it.</summary>
    public bool HasNot(SlotRequest earlier) => earlier.Slot == Slot && earlier.Number < Number && earlier.Number != Received;
}
