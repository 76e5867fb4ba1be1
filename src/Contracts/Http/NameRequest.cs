namespace Ptune.Contracts.Http;

/// <summary>What a name is to stand for.</summary>
/// <param name="Reference">An artifact: name@version, its digest, or the digest's beginning.</param>
/// <param name="Move">Whether a name that stands for another artifact is moved.</param>
/// <param name="By">Who asks, for the history; at most 200 characters.</param>
public sealed record NameRequest(string Reference, bool Move = false, string? By = null);
