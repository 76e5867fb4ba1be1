namespace Ptune.WebConsole.Frames;

/// <summary>What an action did, shown above the page that it leads to.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="Command">The same for the client; null: there is none.</param>
/// <param name="IsProblem">It could not be done.</param>
public sealed record Notice(string Text, string? Command = null, bool IsProblem = false);
