using System.Globalization;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
using Ptune.WebConsole.Figures;
using Ptune.WebConsole.Frames;

namespace Ptune.WebConsole.Actions;

/// <summary>
/// What an action did, as the page after it says it. The address names only the action and numbers, and the words are ours: no link can put words of its own onto a page.
/// </summary>
internal static class Notices
{
    public const string Done = "done";

    public const string Share = "share";

    public const string Unshare = "unshare";

    public static Notice? OfJob(IQueryCollection query, JobView job) =>
        JobAction.Find(query[Done]) is { } action ? new Notice($"{action.Label} was asked for. The job is {Words.Lower(job.Status)} now.", action.Command(job.JobId)) : null;

    public static Notice? OfGraph(IQueryCollection query, string noun, string id, IGraphView view) =>
        query[Done].ToString() is "cancel" or "retry" ? new Notice($"{(query[Done] == "cancel" ? "Cancel" : "Retry")} was asked for. The {noun} is {Words.Lower(view.Status)} now.", $"ptune {query[Done]} {id}") : null;

    public static Notice? OfBulk(IQueryCollection query)
    {
        if (JobAction.Find(query[Done]) is not { } action) return null;
        var (done, left) = (Number(query, "jobs"), Number(query, "left"));
        return new Notice(
            $"{action.Label} was asked for {Words.Count(done, "job")}.{(left > 0 ? $" {Words.Count(left, "job")} could not be found any more." : "")}", $"ptune {action.Name} ID...", IsProblem: done == 0);
    }

    public static Notice? OfReplay(IQueryCollection query) =>
        query[Done] == "replay" ? new Notice($"{Words.Count(Number(query, "letters"), "letter")} were put back into their queues.", "ptune dead-letters replay") : null;

    public static Notice? OfWorker(IQueryCollection query) => query[Done].ToString() switch
    {
        "drain" => new Notice("The worker was told to drain: it takes no more jobs, writes checkpoints, gives its jobs back, and leaves.", "ptune workers drain ID"),
        "undrain" => new Notice("The drain order was taken back. A worker that has already received it leaves anyway.", "ptune workers undrain ID"),
        _ => null,
    };

    public static Notice? OfKey(IQueryCollection query) =>
        query[Done] == "revoke" && ApiKeyText.IsId(query["id"].ToString()) ? new Notice($"The key {query["id"]} was revoked.", $"ptune keys revoke {query["id"]}") : null;

    public static Notice? OfShare(IQueryCollection query, string digest) => query[Done].ToString() switch
    {
        Share => new Notice("The artifact was shared.", $"ptune share {digest} --with TENANT"),
        Unshare => new Notice("The share was taken back.", $"ptune unshare {digest} --with TENANT"),
        _ => null,
    };

    public static Notice? OfTenant(IQueryCollection query, TenantView tenant) => query[Done].ToString() switch
    {
        "create" => new Notice($"The tenant {tenant.Name} was made.", $"ptune tenants create {tenant.Name}"),
        "set" => new Notice($"The tenant {tenant.Name} was changed.", TenantForm.Command(tenant.Name, tenant.Settings)),
        _ => null,
    };

    private static int Number(IQueryCollection query, string name) => int.TryParse(query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
