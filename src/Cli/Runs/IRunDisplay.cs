namespace Ptune.Cli.Runs;

/// <summary>Shows the progress of a run on stderr.</summary>
internal interface IRunDisplay
{
    /// <summary>Runs <paramref name="work"/>, which shows each new state by calling what it is given.</summary>
    Task<T> ShowAsync<T>(Func<Action<RunState>, Task<T>> work);
}
