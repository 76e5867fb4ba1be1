using Ptune.Contracts.Stores;

namespace Ptune.WebConsole.Figures;

/// <summary>A page of a list.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="Next">The row that the next page comes after; null: this is the last page.</param>
public sealed record RowPage(JobRow[] Rows, string? Next);
