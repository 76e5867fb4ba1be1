namespace Ptune.Contracts.Specs;

/// <summary>Where a method is measured.</summary>
/// <param name="Source">The model that something was learnt on; null: nothing was learnt elsewhere.</param>
/// <param name="Target">The model that answers.</param>
public readonly record struct StudyPair(string? Source, string Target)
{
    /// <summary>Each source with each other model that it is carried to.</summary>
    public static IEnumerable<StudyPair> Carried(string[] sources, string[] targets) =>
        from source in sources
        from target in targets
        where target != source
        select new StudyPair(source, target);
}
