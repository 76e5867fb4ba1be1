namespace Ptune.Learning.Adaptation;

/// <summary>A layer with a low-rank delta.</summary>
/// <param name="Name">As PEFT calls it.</param>
internal sealed record LoraModule(string Name, int Rank, double Alpha);
