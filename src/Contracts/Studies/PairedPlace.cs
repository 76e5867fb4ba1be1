namespace Ptune.Contracts.Studies;

/// <summary>Where the paired tests of an arm and a task are: the evaluations of its seeds follow each other in a group.</summary>
/// <param name="Cell">The cell of the comparison.</param>
/// <param name="Group">The group.</param>
/// <param name="First">The number of the first seed's evaluation in it.</param>
public sealed record PairedPlace(string Cell, int Group, int First);
