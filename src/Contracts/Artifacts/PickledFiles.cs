namespace Ptune.Contracts.Artifacts;

/// <summary>Weights that PyTorch pickled. A pickle runs code when it is read, so such files are named and never opened.</summary>
public static class PickledFiles
{
    private static readonly string[] s_endings = [".bin", ".pt", ".pth", ".ckpt", ".pkl"];

    // What a training leaves beside its weights.
    private static readonly string[] s_ofTraining = ["optimizer", "scheduler", "scaler", "rng_state", "training_args"];

    /// <summary>Whether a file of this name holds pickled weights, and not what else a training pickles.</summary>
    public static bool AreWeights(string name) => s_endings.Contains(Path.GetExtension(name)) && !s_ofTraining.Any(word => name.StartsWith(word, StringComparison.Ordinal));
}
