namespace Ptune.Cli.Tests.Support;

/// <summary>What a client's process left behind.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Fails with both streams in the message, so that a wrong exit code explains itself.</summary>
    public Outcome Expect(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"exit code {ExitCode} instead of {exitCode}\n--- stdout\n{Output}\n--- stderr\n{Error}");
        return this;
    }
}
