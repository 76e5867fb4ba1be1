namespace Ptune.Cli.Servers;

/// <summary>A part of a listing.</summary>
/// <param name="Rows">The rows, newest first.</param>
/// <param name="Total">How many the listing has from the first of these on. Null: too many to count, or a server that does not tell.</param>
internal sealed record ServerPage<T>(T[] Rows, int? Total)
{
    /// <summary>Where the next page begins, of listings that say so; null: this is the last.</summary>
    public string? Next { get; init; }

    public static ServerPage<T> Empty { get; } = new([], 0);
}
