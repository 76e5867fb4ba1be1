namespace Ptune.Engineering.Tests;

/// <summary>What a script did.</summary>
internal sealed record Outcome(int ProcessId, int Code, string Output, string Errors)
{
    /// <summary>The last line of its standard output.</summary>
    public string LastLine => Output.TrimEnd('\n').Split('\n')[^1];
}
