namespace Ptune.Contracts.Estimates;

/// <summary>The numbers of one of our own image classifiers (vit, cnn, mlp) that decide how much memory it takes.</summary>
public sealed record ClassifierShape : ModelShape
{
    /// <summary>Parameters of the last layer.</summary>
    public required long Head { get; init; }

    /// <summary>Inputs and outputs of the linear layers before the head, added up: a low-rank delta has so many numbers a rank.</summary>
    public required long LinearSides { get; init; }

    /// <summary>Of an image.</summary>
    public required long Pixels { get; init; }

    /// <summary>Numbers that the forward pass of one image leaves until its batch is done.</summary>
    public required long Passed { get; init; }

    /// <summary>Numbers that a training step holds of one image at most: what the forward pass left, and gradients.</summary>
    public required long Kept { get; init; }
}
