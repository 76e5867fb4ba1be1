using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Studies;

/// <summary>A method with one of the weights that are tried, at a pair of models; or a target alone, whose weight is 0.</summary>
/// <param name="Method">The method; null: the target alone.</param>
/// <param name="Pair">Where it is measured.</param>
/// <param name="Weight">What is carried is multiplied by it.</param>
/// <param name="Evaluations">For each task the cell of each seed, on the validation split.</param>
/// <param name="Risk">The cell that measures how far the target is moved, of the first seed; null: no probe.</param>
public sealed record StudyFrontArm(StudyMethod? Method, StudyPair Pair, double Weight, string[][] Evaluations, string? Risk);
