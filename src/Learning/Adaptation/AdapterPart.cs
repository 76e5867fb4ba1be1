using Ptune.Learning.Models;
using static TorchSharp.torch;

namespace Ptune.Learning.Adaptation;

/// <summary>A tensor of an adapter.</summary>
/// <param name="Keys">Its names in a PEFT folder, without the prefix; the first is the one that we write.</param>
/// <param name="Shape">What it must be.</param>
/// <param name="Init">How a fresh one is drawn, unless it is a copy.</param>
internal sealed record AdapterPart(IReadOnlyList<string> Keys, long[] Shape, ParameterInit Init)
{
    public string Key => Keys[0];

    /// <summary>Which of its dimensions is the rank; null: none.</summary>
    public int? RankDimension { get; init; }

    /// <summary>The base's parameter that it stands in for; null: none.</summary>
    public string? Parameter { get; init; }

    /// <summary>That parameter's numbers, which a fresh one starts with.</summary>
    public Tensor? CopyOf { get; init; }
}
