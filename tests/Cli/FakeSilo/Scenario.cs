namespace Ptune.Cli.FakeSilo;

/// <summary>How a fabricated server behaves.</summary>
public enum Scenario
{
    /// <summary>Everything that is submitted runs to its end.</summary>
    Complete,

    /// <summary>What is submitted runs until it is cancelled.</summary>
    Hold,

    /// <summary>One job of what is submitted fails.</summary>
    Fail,

    /// <summary>Specs are refused.</summary>
    Refuse,

    /// <summary>The events break off in the middle once, and go on at the next call.</summary>
    BreakOff,

    /// <summary>As <see cref="Complete"/>, with 121 jobs and as many artifacts in the store.</summary>
    Many,

    /// <summary>As <see cref="Complete"/>, with names and messages that act on a terminal.</summary>
    Hostile,

    /// <summary>Every call fails on the server's side.</summary>
    Broken,
}
