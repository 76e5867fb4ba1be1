namespace Ptune.Cli.Runs;

/// <summary>Bars where they can be drawn, else lines.</summary>
internal static class RunDisplays
{
    /// <summary>A name, a bar, a percentage and a time need so many columns.</summary>
    private const int Narrowest = 60;

    public static IRunDisplay Create(Session session) =>
        session.Terminal.Bars && session.Terminal.Error.Profile.Width >= Narrowest ? new BarsDisplay(session.Terminal.Error) : new LinesDisplay(session.Terminal.Note, session.Clock);
}
