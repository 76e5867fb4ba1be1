namespace Ptune.Storage.Uploads;

/// <summary>What became of bytes that were sent.</summary>
/// <param name="Standing">What is there now.</param>
/// <param name="Refusal">Why they were not taken; None: they were, as far as they arrived.</param>
/// <param name="Problem">The refusal in words; null where there is none.</param>
public sealed record UploadResult(UploadStanding Standing, UploadRefusal Refusal = UploadRefusal.None, string? Problem = null);
