namespace Ptune.Learning.Jobs;

/// <summary>What was fetched of a hub's repository.</summary>
/// <param name="Commit">The commit that the revision stood for.</param>
/// <param name="Notes">What is worth a sentence.</param>
public sealed record HubFetch(string Commit, IReadOnlyList<string> Notes);
