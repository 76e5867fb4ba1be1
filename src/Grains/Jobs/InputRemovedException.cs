namespace Ptune.Grains.Jobs;

/// <summary>An input of a job that is being submitted was removed from the store since it was found there.</summary>
internal sealed class InputRemovedException(string path, string digest)
    : Exception($"input {path}: the artifact {digest} was removed, or is just being removed, from the store; submit the job again if it is still there");
