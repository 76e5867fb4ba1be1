using System.Text.Json;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;

namespace Ptune.Cli.Runs;

/// <summary>Follows a job, study or sweep by its server-sent events until it is final, over broken connections and a server's restart.</summary>
/// <param name="client">The server.</param>
/// <param name="clock">Measures the pauses between two attempts.</param>
/// <param name="isLost">Tells that the server is gone for good, so that there is nothing to wait for. Null: that cannot be told.</param>
internal sealed class Follower(ServerClient client, TimeProvider clock, Func<bool>? isLost = null)
{
    /// <summary>Consecutive connection failures, one second apart, before the server counts as lost.</summary>
    private const int MaxFailures = 30;

    public async Task<Submitted> ToEndAsync(Submitted submitted, Action<RunState> show, CancellationToken cancellation) => submitted.View switch
    {
        StudyView study => Submitted.Of(await GraphAsync(study, "study", ServerClient.Fill(Routes.Study, submitted.Id), ServerClient.Fill(Routes.StudyEvents, submitted.Id), show, cancellation)),
        SweepView sweep => Submitted.Of(await GraphAsync(sweep, "sweep", ServerClient.Fill(Routes.Sweep, submitted.Id), ServerClient.Fill(Routes.SweepEvents, submitted.Id), show, cancellation)),
        _ => Submitted.Of(await JobAsync(submitted.Job!, show, cancellation)),
    };

    private async Task<TView> GraphAsync<TView>(TView begin, string name, string path, string events, Action<RunState> show, CancellationToken cancellation)
        where TView : class, IGraphView
    {
        var last = begin;
        var state = RunState.Of(begin);
        show(state);
        await FollowAsync(
            events,
            item =>
            {
                if (item.Name == name)
                {
                    last = Parse<TView>(item.Data);
                    state = RunState.Of(last).Keeping(state);
                }
                else if (item.Name == "progress")
                {
                    state = state.With(item.Data.AsSpan().TrimStart() is ['[', ..] ? Parse<StudyProgress[]>(item.Data) : [Parse<StudyProgress>(item.Data)]);
                }
                else
                {
                    return false;
                }
                show(state);
                return last.Status.IsFinal;
            },
            async () =>
            {
                last = await client.GetAsync<TView>(path, cancellation);
                show(RunState.Of(last));
                return last.Status.IsFinal;
            },
            last.Status.IsFinal,
            cancellation);
        return last;
    }

    private async Task<JobView> JobAsync(JobView job, Action<RunState> show, CancellationToken cancellation)
    {
        var last = job;
        show(RunState.Of(job));
        bool Take(JobView view)
        {
            last = view;
            show(RunState.Of(view));
            return view.Status.IsFinal;
        }
        await FollowAsync(
            ServerClient.Fill(Routes.JobEvents, job.JobId),
            item => item.Name == "job" && Take(Parse<JobView>(item.Data)),
            async () => Take(await client.GetAsync<JobView>(ServerClient.Fill(Routes.Job, job.JobId), cancellation)),
            last.Status.IsFinal,
            cancellation);
        return last;
    }

    /// <param name="path">The events.</param>
    /// <param name="take">Takes an event; true when it was the last.</param>
    /// <param name="look">Asks for the state when the stream ended early; true when it is final.</param>
    /// <param name="final">It is final already.</param>
    /// <param name="cancellation">Ends it.</param>
    private async Task FollowAsync(string path, Func<ServerEvent, bool> take, Func<Task<bool>> look, bool final, CancellationToken cancellation)
    {
        for (var failures = 0; !final;)
        {
            try
            {
                await foreach (var item in client.EventsAsync(path, cancellation))
                {
                    failures = 0;
                    if (take(item)) return;
                }
                final = await look();
            }
            catch (Exception e) when (IsConnectionLoss(e) && ++failures < MaxFailures && isLost?.Invoke() != true)
            {
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                throw new CliException(ExitCode.Unreachable, $"The connection to {ServerAddress.Show(client.Address)} is lost: {e.Message}", "What was computed is in the store; the same command continues from there.");
            }
            if (!final) await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellation);
        }
    }

    private static bool IsConnectionLoss(Exception e) => e is IOException or HttpRequestException || e is CliException { ExitCode: ExitCode.Unreachable };

    private static T Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, SpecJson.Options)
        ?? throw new CliException(ExitCode.Unreachable, "The server sent an empty event.");
}
