namespace Ptune.Learning.Models;

/// <summary>A parameter that an architecture has: its name in a checkpoint, its shape, and how a fresh one is drawn.</summary>
internal sealed record ParameterDeclaration(string Name, ParameterInit Init, params long[] Shape)
{
    /// <summary>How many numbers it holds.</summary>
    public long Elements => Shape.Aggregate(1L, (product, dimension) => checked(product * dimension));
}
