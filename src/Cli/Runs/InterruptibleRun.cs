using Ptune.Cli.Servers;
using Ptune.Contracts.Jobs;

namespace Ptune.Cli.Runs;

/// <summary>Follows what was submitted to its end. Ctrl-C asks the server for a checkpoint and waits for the stop.</summary>
internal sealed class InterruptibleRun(Session session, ServerLease server, Interruption interruption)
{
    /// <exception cref="CliException">The server is lost, or has stopped.</exception>
    public Task<Submitted> FollowAsync(Submitted submitted, IRunDisplay display) => server.UseAsync(client => FollowAsync(client, submitted, display));

    /// <summary>Says why it did not succeed.</summary>
    /// <param name="final">What has ended.</param>
    /// <param name="again">What is to do after an interruption.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> FailedAsync(Submitted final, string again)
    {
        var interrupted = interruption.Token.IsCancellationRequested;
        if (final.Status == JobStatus.Cancelled)
        {
            session.Terminal.Note(interrupted ? "Stopped." : $"{final.Name} was cancelled by another user.");
            session.Terminal.Note(again);
            return RunEnd.ExitCodeOf(final.Status, interrupted);
        }
        await Failures.PrintAsync(session, server.Client, final, CancellationToken.None);
        if (server.IsOwn) session.Terminal.Note("  (the server of this run stops now; start one with 'ptune server' first)");
        return RunEnd.ExitCodeOf(final.Status, interrupted: false);
    }

    private async Task<Submitted> FollowAsync(ServerClient client, Submitted submitted, IRunDisplay display)
    {
        using var lost = new CancellationTokenSource();
        _ = server.Ended.ContinueWith(_ => lost.CancelAsync(), TaskScheduler.Default);
        await using var registration = interruption.Token.Register(() => _ = CancelAsync(client, submitted));
        var follower = new Follower(client, session.Clock, () => server.IsLost);
        try
        {
            return await display.ShowAsync(show => follower.ToEndAsync(submitted, show, lost.Token));
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            throw new CliException(ExitCode.Unreachable, $"The server stopped during the run (exit code {await server.Ended}).", "See its log; the same command continues from the last checkpoint.");
        }
    }

    private async Task CancelAsync(ServerClient client, Submitted submitted)
    {
        session.Terminal.Note("Interrupted: writing a checkpoint and stopping. Press Ctrl-C again to leave at once.");
        try
        {
            await new Submitter(client).CancelAsync(submitted, CancellationToken.None);
        }
        catch (CliException e)
        {
            session.Terminal.Problem(e.Message, e.Fix);
        }
    }
}
