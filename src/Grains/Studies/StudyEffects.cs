using Ptune.Grains.Graphs;

namespace Ptune.Grains.Studies;

/// <summary>What a study tells others. The names are stored.</summary>
internal static class StudyEffects
{
    /// <inheritdoc cref="GraphEffects.Row"/>
    public const string Row = GraphEffects.Row;

    /// <inheritdoc cref="GraphEffects.Job"/>
    public const string Job = GraphEffects.Job;

    /// <inheritdoc cref="GraphEffects.Alias"/>
    public const string Alias = GraphEffects.Alias;

    /// <summary>Gathers the results and compares. After the aliases: a study that has succeeded has published.</summary>
    public const string Result = "result";
}
