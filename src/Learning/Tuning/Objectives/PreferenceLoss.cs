namespace Ptune.Learning.Tuning.Objectives;

/// <summary>A batch of pairs.</summary>
/// <param name="Loss">Its share of the mean loss.</param>
/// <param name="Chosen">For each pair beta x (log-probability - reference's) of the chosen response: its implicit reward.</param>
/// <param name="Rejected">As before, of the rejected one.</param>
internal sealed record PreferenceLoss(double Loss, float[] Chosen, float[] Rejected);
