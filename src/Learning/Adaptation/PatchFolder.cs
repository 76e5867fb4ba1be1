using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using static TorchSharp.torch;

namespace Ptune.Learning.Adaptation;

/// <summary>A folder with a patch: one of PEFT's, or one of ours.</summary>
internal static class PatchFolder
{
    /// <summary>Hangs the patch on its base, for use.</summary>
    /// <param name="folder">The patch's.</param>
    /// <param name="baseNames">What the base is called here; null: that the patch belongs to it is known.</param>
    /// <param name="notes">Gets what is worth a sentence.</param>
    /// <exception cref="LearningException">It is none, or does not fit the base.</exception>
    public static Adapter Attach(string folder, Network network, IReadOnlyList<string>? baseNames, Device device, List<string> notes)
    {
        if (new FolderFiles(folder).Find(BottleneckFolder.ConfigFile) is { } path && JsonWords.Read(path, []) is var config && BottleneckFolder.IsOne(config))
            return BottleneckFolder.Attach(folder, config, network, device);
        using var peft = PeftFolder.Open(folder);
        var adapter = peft.Attach(network, baseNames, device);
        notes.AddRange(peft.Notes);
        return adapter;
    }
}
