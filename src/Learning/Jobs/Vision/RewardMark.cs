using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;

namespace Ptune.Learning.Jobs.Vision;

/// <summary>Says in a Hugging Face folder that its outputs are rewards, so that nobody takes them for logits. transformers leaves the word alone.</summary>
internal static class RewardMark
{
    private const string _word = "ptune_role";
    private const string _reward = "reward";

    public static void Write(string folder) => ConfigWords.Set(folder, _word, _reward);

    /// <exception cref="LearningException">The folder's outputs are something else than <paramref name="role"/>.</exception>
    public static void Require(string folder, string input, NetworkRole role)
    {
        var found = ModelConfig.Open(new FolderFiles(folder), []).OptionalText(_word) == _reward ? NetworkRole.Reward : NetworkRole.Model;
        if (found != role) throw new LearningException($"The input '{input}' is a {Word(found)}, but a {Word(role)} is needed.");
    }

    private static string Word(NetworkRole role) => role.ToString().ToLowerInvariant();
}
