namespace Ptune.WebConsole.Sources;

/// <summary>The logs of attempts.</summary>
public interface ILogSource
{
    /// <summary>The end of an attempt's log.</summary>
    /// <param name="most">So many characters at most.</param>
    Task<string> TailAsync(string jobId, long epoch, int most, CancellationToken cancellation);
}
