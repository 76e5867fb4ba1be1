namespace Ptune.Contracts.Specs;

/// <summary>The jobs of a study for one seed, as its methods ask for them. Equal ones are planned once.</summary>
public interface IStudyJobs
{
    /// <summary>A reference to a model of the study.</summary>
    string Model(string name);

    /// <summary>Plans a tuning of one of its models, and gives a reference to what it makes.</summary>
    /// <param name="name">The model.</param>
    /// <param name="method">What of it is trained.</param>
    /// <param name="recipe">How; null: as the study says.</param>
    string Tune(string name, TuningMethod method, TrainingRecipe? recipe);

    /// <summary>Plans a reward beside one of its models, and gives a reference to it.</summary>
    /// <param name="name">The source, which stays as it is.</param>
    /// <param name="method">What is trained: full or lora.</param>
    /// <param name="initialization">The reward's weights at the start.</param>
    /// <param name="lambda">The reward's temperature.</param>
    /// <param name="recipe">How; null: as the study says.</param>
    /// <param name="data">A data set of the study; null: the one that it tunes on.</param>
    /// <param name="architecture">Of a reward with fresh weights; null: the source's.</param>
    string Reward(string name, TuningMethod method, RewardInitialization initialization, double lambda, TrainingRecipe? recipe, string? data, ArchitectureSpec? architecture);

    /// <summary>Plans a model of the study with a patch or a difference in its weights, and gives a reference to it.</summary>
    string Merge(string name, string? patch, WeightDifference? difference);

    /// <summary>Plans the random control of a patch or a reward, and gives a reference to it.</summary>
    string Randomize(string artifact, ArtifactKind kind);

    /// <summary>Some of the examples that the study tunes on, drawn by the seed.</summary>
    FewShot Shots(int count);
}
