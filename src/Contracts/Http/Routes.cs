namespace Ptune.Contracts.Http;

/// <summary>
/// The HTTP API. Bodies are JSON (<see cref="Specs.SpecJson.Options"/>), specs may be YAML (<see cref="Yaml"/>). Errors are problem+json; a bad
/// spec is 422 with a <see cref="SpecErrors"/> extension. {id} may be the beginning of an id, where it is unique.
/// </summary>
public static class Routes
{
    public const string Yaml = "application/yaml";

    /// <summary>The tenant's header; without it, <see cref="Identity.JobIds.DefaultTenant"/>.</summary>
    public const string TenantHeader = "Ptune-Tenant";

    /// <summary>
    /// A header of a submit: a name that the client gives to the request, so that it may send it again when it has heard no answer. The same key with the
    /// same spec answers with the job, study or sweep that the first one reached, also where fresh=true; with another spec it is refused with 409.
    /// </summary>
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>
    /// A header of a listing's answer: how many rows the listing has from the first of this page on. It is left out where there are too many to count.
    /// </summary>
    public const string TotalHeader = "Ptune-Total";

    /// <summary>The extension of a problem+json answer that holds an <see cref="ArtifactUse"/> array.</summary>
    public const string Uses = "uses";

    /// <summary>The extension of a problem+json answer that holds a <see cref="Specs.Reading.SpecProblem"/> array.</summary>
    public const string SpecErrors = "specErrors";

    /// <summary>POST a job's spec (query: asker, fresh=true; header: <see cref="IdempotencyKey"/>): 202 and a <see cref="Jobs.JobView"/>. GET (query: kind, status, pool, name, limit, after: the id of the row before the page): <see cref="Stores.JobRow"/>s.</summary>
    public const string Jobs = "/v1/jobs";

    /// <summary>GET: <see cref="Jobs.JobView"/>.</summary>
    public const string Job = "/v1/jobs/{id}";

    /// <summary>GET: server-sent events named <c>job</c>, each a <see cref="Jobs.JobView"/>, until it is final.</summary>
    public const string JobEvents = "/v1/jobs/{id}/events";

    /// <summary>GET: the log of an attempt as text (query: attempt, default the last; follow=true streams until the job is final).</summary>
    public const string JobLogs = "/v1/jobs/{id}/logs";

    /// <summary>GET: why a queued job waits, a <see cref="Pools.WaitView"/>.</summary>
    public const string JobWait = "/v1/jobs/{id}/wait";

    /// <summary>POST: answers with the state reached.</summary>
    public const string JobCancel = "/v1/jobs/{id}/cancel";

    /// <summary>POST: the worker writes a checkpoint and stops, a waiting job leaves its queue; it is held back until it is resumed. Answers with the state reached.</summary>
    public const string JobSuspend = "/v1/jobs/{id}/suspend";

    /// <summary>POST: a suspended job goes on from its last checkpoint. Answers with the state reached.</summary>
    public const string JobResume = "/v1/jobs/{id}/resume";

    /// <summary>POST: a failed or cancelled job starts anew, from its last checkpoint where that can be used. Answers with the state reached.</summary>
    public const string JobRetry = "/v1/jobs/{id}/retry";

    /// <summary>POST a study's spec (query: fresh=true; header: <see cref="IdempotencyKey"/>): 202 and a <see cref="Studies.StudyView"/>. GET (query: status, name, limit, after): rows of studies.</summary>
    public const string Studies = "/v1/studies";

    /// <summary>GET: <see cref="Studies.StudyView"/>.</summary>
    public const string Study = "/v1/studies/{id}";

    /// <summary>GET: server-sent events <c>study</c> (a <see cref="Studies.StudyView"/>) and <c>progress</c> (<see cref="StudyProgress"/>s of the cells in work), until it is final.</summary>
    public const string StudyEvents = "/v1/studies/{id}/events";

    /// <summary>POST: the jobs that only this study asked for write a checkpoint and stop.</summary>
    public const string StudyCancel = "/v1/studies/{id}/cancel";

    /// <summary>POST: what failed or was cancelled is tried again, and what depends on it; what stands is kept. Answers with the state reached.</summary>
    public const string StudyRetry = "/v1/studies/{id}/retry";

    /// <summary>POST a sweep's spec (query: fresh=true; header: <see cref="IdempotencyKey"/>): 202 and a <see cref="Contracts.Sweeps.SweepView"/>. GET (query: status, name, limit, after): rows of sweeps.</summary>
    public const string Sweeps = "/v1/sweeps";

    /// <summary>GET: <see cref="Contracts.Sweeps.SweepView"/>.</summary>
    public const string Sweep = "/v1/sweeps/{id}";

    /// <summary>GET: server-sent events <c>sweep</c> (a <see cref="Contracts.Sweeps.SweepView"/>) and <c>progress</c> (<see cref="StudyProgress"/>s of the jobs in work), until it is final.</summary>
    public const string SweepEvents = "/v1/sweeps/{id}/events";

    /// <summary>POST: the jobs that only this sweep asked for write a checkpoint and stop.</summary>
    public const string SweepCancel = "/v1/sweeps/{id}/cancel";

    /// <summary>POST: trials that failed or were cancelled are tried again. Answers with the state reached.</summary>
    public const string SweepRetry = "/v1/sweeps/{id}/retry";

    /// <summary>POST any spec: a <see cref="PlanView"/>; nothing is started.</summary>
    public const string Plan = "/v1/plan";

    /// <summary>GET (query: limit, after: the name before the page): the named models, <see cref="ModelView"/>s in ordinal order of their names.</summary>
    public const string Models = "/v1/models";

    /// <summary>As <see cref="Models"/>, for patches.</summary>
    public const string Patches = "/v1/patches";

    /// <summary>As <see cref="Models"/>, for rewards.</summary>
    public const string Rewards = "/v1/rewards";

    /// <summary>GET: a name's <see cref="NameView"/>, with its history. PUT a <see cref="NameRequest"/>: sets it. DELETE: removes it.</summary>
    public const string Name = "/v1/names/{name}";

    /// <summary>GET (query: limit, after: the digest of the artifact before the page): <see cref="Stores.ArtifactRow"/>s, newest first.</summary>
    public const string Artifacts = "/v1/artifacts";

    /// <summary>
    /// GET by digest or alias: <see cref="Artifacts.ArtifactView"/>. DELETE (query: names=true removes the names that stand for it, too): a <see cref="RemovedArtifact"/>, or 409 with what
    /// uses it in <see cref="Uses"/>.
    /// </summary>
    public const string Artifact = "/v1/artifacts/{reference}";

    /// <summary>POST a <see cref="ShareRequest"/>: shares it; a <see cref="ShareView"/>.</summary>
    public const string ArtifactShares = "/v1/artifacts/{reference}/shares";

    /// <summary>DELETE, {with}: a tenant or all. Shares it no longer; a <see cref="ShareView"/>.</summary>
    public const string ArtifactShare = "/v1/artifacts/{reference}/shares/{with}";

    /// <summary>GET: a file's bytes.</summary>
    public const string ArtifactFile = "/v1/artifacts/{reference}/files/{*path}";

    /// <summary>
    /// GET or HEAD: an <see cref="UploadView"/>, how much is there. PUT: the file, or with Content-Range (bytes 100-199/1000) the bytes that come next; with bytes */1000 and no body it asks for
    /// what is there to be kept, or put together. DELETE: what is there of an unfinished one goes.
    /// </summary>
    public const string Upload = "/v1/uploads/{sha256}";

    /// <summary>Headers of an answer about an upload, as <see cref="UploadView.Bytes"/> and <see cref="UploadView.IsComplete"/>.</summary>
    public const string UploadBytes = "Ptune-Upload-Bytes";
    public const string UploadComplete = "Ptune-Upload-Complete";

    /// <summary>GET (query: limit, of the largest things; default 10): a <see cref="StoreUsageView"/>.</summary>
    public const string Store = "/v1/store";

    /// <summary>POST (query: dryRun=true; checkpoints=true, also those that failed and cancelled jobs could go on from): a <see cref="CollectionView"/>.</summary>
    public const string StoreCollection = "/v1/store/collection";

    /// <summary>GET: <see cref="Pools.PoolView"/>s.</summary>
    public const string Pools = "/v1/pools";

    /// <summary>GET: <see cref="Workers.WorkerView"/>s.</summary>
    public const string Workers = "/v1/workers";

    /// <summary>POST: the worker takes no more work, gives its leases back and leaves; its <see cref="Workers.WorkerView"/>.</summary>
    public const string WorkerDrain = "/v1/workers/{id}/drain";

    /// <summary>POST: the worker takes work again, where it has not left yet; its <see cref="Workers.WorkerView"/>.</summary>
    public const string WorkerUndrain = "/v1/workers/{id}/undrain";

    /// <summary>GET (query: pool, limit): why the queued jobs wait, newest first: <see cref="Pools.WaitView"/>s.</summary>
    public const string Waits = "/v1/waits";

    /// <summary>GET: <see cref="Messages.DeadLetter"/>s of all pools, oldest first.</summary>
    public const string DeadLetters = "/v1/dead-letters";

    /// <summary>POST: puts them back into their pools' queues; a <see cref="Messages.ReplayedLetters"/>.</summary>
    public const string DeadLettersReplay = "/v1/dead-letters/replay";

    /// <summary>POST an <see cref="ApiKeyRequest"/>: 201 and an <see cref="ApiKeyCreated"/>. GET (query: tenant): <see cref="Identity.ApiKeyView"/>s, oldest first.</summary>
    public const string Keys = "/v1/keys";

    /// <summary>DELETE: revokes it; its <see cref="Identity.ApiKeyView"/>.</summary>
    public const string ApiKey = "/v1/keys/{id}";

    /// <summary>POST a <see cref="TenantRequest"/>: 201 and an <see cref="Identity.TenantView"/>. GET: those of the caller, by name.</summary>
    public const string Tenants = "/v1/tenants";

    /// <summary>GET: an <see cref="Identity.TenantView"/>. PUT <see cref="Identity.TenantSettings"/>: replaces what it may have.</summary>
    public const string Tenant = "/v1/tenants/{name}";

    /// <summary>GET, by anybody: <see cref="LoginIssuer"/>s, where <c>ptune login</c> can get a token.</summary>
    public const string Issuers = "/v1/issuers";

    /// <summary>GET: <see cref="Http.WhoAmI"/>.</summary>
    public const string WhoAmI = "/v1/whoami";

    /// <summary>
    /// GET (query: since, until: a time or a length of time such as 1d; who, what, chain, limit, after: what <see cref="NextHeader"/> of the page before says): <see cref="Contracts.Audit.AuditRow"/>s,
    /// newest first. Without a chain: all that the caller may see.
    /// </summary>
    public const string Audit = "/v1/audit";

    /// <summary>GET (query: chain): an <see cref="Contracts.Audit.AuditVerification"/> of each chain.</summary>
    public const string AuditVerify = "/v1/audit/verify";

    /// <summary>GET (query: chain): the rows as JSON Lines, each with its chain, its digest and the text that was hashed.</summary>
    public const string AuditExport = "/v1/audit/export";

    /// <summary>A header of a page of the audit trail: <c>after</c> of the next page. It is left out on the last one.</summary>
    public const string NextHeader = "Ptune-Next";

    /// <summary>GET: <see cref="ServerInfo"/>.</summary>
    public const string Version = "/v1/version";
}
