namespace Ptune.Learning.Data.Text.Reading;

/// <summary>Where a record stands, as an error says it.</summary>
/// <param name="File">The file's name without its folder.</param>
/// <param name="Unit">"line", or "record" where the file has no lines.</param>
/// <param name="Number">From 1. Blank lines count.</param>
internal readonly record struct RecordPlace(string File, string Unit, long Number)
{
    public DataException Error(string problem, Exception? inner = null) => new($"{this}: {problem}", inner);

    public override string ToString() => $"{File}, {Unit} {Number}";
}
