namespace Ptune.Contracts.Audit;

/// <summary>The changes that the audit trail names: a noun, a dot, and a verb. They are stored.</summary>
public static class AuditActions
{
    public const string JobSubmit = "job.submit";
    public const string JobCancel = "job.cancel";
    public const string JobSuspend = "job.suspend";
    public const string JobResume = "job.resume";
    public const string JobRetry = "job.retry";
    public const string StudySubmit = "study.submit";
    public const string StudyCancel = "study.cancel";
    public const string StudyRetry = "study.retry";
    public const string SweepSubmit = "sweep.submit";
    public const string SweepCancel = "sweep.cancel";
    public const string SweepRetry = "sweep.retry";
    public const string NameSet = "name.set";
    public const string NameRemove = "name.remove";
    public const string ArtifactRemove = "artifact.rm";
    public const string ArtifactShare = "artifact.share";
    public const string ArtifactUnshare = "artifact.unshare";
    public const string UploadPut = "upload.put";
    public const string UploadRemove = "upload.rm";
    public const string StoreCollect = "store.gc";
    public const string WorkerDrain = "worker.drain";
    public const string WorkerUndrain = "worker.undrain";
    public const string TenantCreate = "tenant.create";
    public const string TenantSet = "tenant.set";
    public const string KeyCreate = "key.create";
    public const string KeyRevoke = "key.revoke";
    public const string LettersReplay = "dead-letters.replay";

    /// <summary>The chain's oldest rows were removed by the retention policy.</summary>
    public const string AuditPrune = "audit.prune";

    /// <summary>Somebody has logged in to the console.</summary>
    public const string LoginAccepted = "login.accept";

    /// <summary>A request without a valid key.</summary>
    public const string LoginRefused = "login.refuse";

    /// <summary>A request that the caller may not make, or that could not be carried out as it was made.</summary>
    public const string RequestRefused = "request.refuse";

    /// <summary>Whether <paramref name="wanted"/> names the action: the whole of it, its noun or its verb.</summary>
    public static bool Matches(string action, string wanted) =>
        action.Equals(wanted, StringComparison.OrdinalIgnoreCase) || action.Split('.').Contains(wanted, StringComparer.OrdinalIgnoreCase);
}
