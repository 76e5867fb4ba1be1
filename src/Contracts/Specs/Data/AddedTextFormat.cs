namespace Ptune.Contracts.Specs;

/// <summary>A format of records that another assembly has added.</summary>
/// <param name="Word">What a spec says behind <c>format</c>.</param>
/// <param name="Shape">The product's own format whose records these are once they are read: it decides what can be done with them.</param>
/// <param name="Fields">What every record must have.</param>
public sealed record AddedTextFormat(string Word, TextFormat Shape, IReadOnlyList<string> Fields);
