namespace Ptune.Executor.Hub;

/// <summary>What was fetched of a repository.</summary>
/// <param name="Repository">OWNER/NAME.</param>
/// <param name="Commit">The commit that the revision stood for: 40 hexadecimal digits.</param>
/// <param name="Files">In the order of their paths.</param>
/// <param name="Notes">What is worth a sentence.</param>
internal sealed record HubSnapshot(string Repository, string Commit, IReadOnlyList<HubFile> Files, IReadOnlyList<string> Notes);
