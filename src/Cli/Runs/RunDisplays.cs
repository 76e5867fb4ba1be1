namespace Ptune.Cli.Runs;

/// <summary>Bars where they can be drawn, else lines.</summary>
internal static class RunDisplays
{
    public static IRunDisplay Create(Session session) =>
        session.Terminal.Bars ? new BarsDisplay(session.Terminal.Error) : new LinesDisplay(session.Terminal.Note, session.Clock);
}
