namespace Ptune.Silo.Audit;

/// <summary>Refused requests that are counted together.</summary>
internal sealed record RefusalKey(string Chain, string Who, string? From, int Status, string Request);
