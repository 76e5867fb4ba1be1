namespace Ptune.Storage.Artifacts;

/// <summary>A part of an attempt's log, as its writer gave it.</summary>
public sealed record LogPiece(int Piece, string Text);
