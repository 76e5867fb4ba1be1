namespace Ptune.Grains.Studies;

/// <summary>What a study tells others. The words are stored.</summary>
internal static class StudyEffects
{
    /// <summary>Writes the study's row into the catalog.</summary>
    public const string Row = "row";

    /// <summary>Submits the target, a job; or withdraws from it, when the study is being cancelled.</summary>
    public const string Job = "job";

    /// <summary>Publishes the artifact of the cell whose alias is the target.</summary>
    public const string Alias = "alias";

    /// <summary>Gathers the results and compares. After the aliases: a study that has succeeded has published.</summary>
    public const string Result = "result";
}
