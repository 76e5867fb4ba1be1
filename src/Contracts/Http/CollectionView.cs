namespace Ptune.Contracts.Http;

/// <summary>What a cleaning of the store has removed, or would remove.</summary>
/// <param name="IsDryRun">Nothing was removed.</param>
/// <param name="Removed">By kind; the counts are of files.</param>
/// <param name="Bytes">The sum.</param>
/// <param name="Grace">What is younger stayed.</param>
/// <param name="Problems">What could not be judged and was therefore left as it is.</param>
public sealed record CollectionView(bool IsDryRun, StoreUsageRow[] Removed, long Bytes, TimeSpan Grace, string[] Problems);
