using System.Security.Cryptography;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Sweeps;

namespace Ptune.Silo.Http;

/// <summary>Work that was asked for and may be done.</summary>
/// <param name="Tenant">Who asks.</param>
/// <param name="Spec">With its defaults.</param>
/// <param name="Resolved">Alias to digest.</param>
/// <param name="By">Who asks, for the audit trail.</param>
/// <param name="Move">Whether names may be taken from other artifacts.</param>
/// <param name="Submitter">Who may handle it, where callers have names.</param>
/// <param name="Estimates">The device time that its new jobs are likely to take, in seconds by their ids; null: nobody has asked.</param>
/// <param name="Later">What the later rungs of a sweep may take; null: nobody has asked.</param>
/// <param name="Nonce">What makes it other work than equal work; null: nothing does.</param>
internal sealed record SubmitRequest<TSpec>(string Tenant, TSpec Spec, IReadOnlyDictionary<string, string> Resolved, string? Nonce, AuditStamp By, bool Move = false, string? Submitter = null, IReadOnlyDictionary<string, double>? Estimates = null, SweepRungCost[]? Later = null) where TSpec : class
{
    /// <summary>A nonce where equal work is to be computed anew.</summary>
    public static string? NewNonce(bool fresh) => fresh ? RandomNumberGenerator.GetHexString(16, lowercase: true) : null;
}
