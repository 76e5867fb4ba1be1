namespace Ptune.Contracts.Specs;

/// <summary>What a model of images and texts (CLIP) reads for a label: its zero-shot head.</summary>
public static class LabelPrompts
{
    /// <summary>Stands for the label's name.</summary>
    public const string Place = "{}";

    /// <summary>The most characters of a prompt.</summary>
    public const int MaxLength = 1000;

    internal const string Text = "What CLIP reads for a label, where {} stands for the label's name. Default: 'a photo of a {}.'";
}
