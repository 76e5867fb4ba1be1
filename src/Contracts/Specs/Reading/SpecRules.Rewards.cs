namespace Ptune.Contracts.Specs.Reading;

/// <content>Rewards: how they are trained, and where they are used.</content>
internal sealed partial class SpecRules
{
    private void RewardTuning(RewardTuningSpec job)
    {
        Lora(job.Method, "method");
        if (job.Data.Dataset is not TextDatasetSpec texts)
        {
            Require(job.Architecture is null, "architecture", "A reward of images has its source's architecture.", "Remove it.");
            Require(job.Method is null or FullMethod, "method.kind", "Rewards of images are trained in full.", "Write 'kind: full', or remove 'method'.");
            return;
        }
        Require(job.Method is null or FullMethod or LoraMethod, "method.kind", "A reward is a whole network, or low-rank deltas on its source.", "Write 'kind: full' or 'kind: lora'.");
        Require(job.Method is not LoraMethod || job.Initialization == RewardInitialization.Source, "initialization", "A LoRA reward is its source with deltas, so it starts as its source.", "Write 'initialization: source', or 'kind: full' under 'method'.");
        Own(job.Architecture, job.Initialization == RewardInitialization.Scratch, isLora: job.Method is LoraMethod, job.Data.MaxTokens, "");
        Require(texts.Shape != TextFormat.Preference, "data.dataset.format", $"Rewards are not tuned on {Scalars.Word(texts.Format)}.", "Use text, promptResponse, messages, textLabel or multipleChoice.");
    }

    /// <summary>A reward's own architecture; null: it has none.</summary>
    /// <param name="architecture">What is checked.</param>
    /// <param name="isFresh">Whether its weights are fresh.</param>
    /// <param name="isLora">Whether it is low-rank deltas.</param>
    /// <param name="tokens">Of an example; null: the default.</param>
    /// <param name="path">Where the reward stands, with a point behind it.</param>
    private void Own(ArchitectureSpec? architecture, bool isFresh, bool isLora, int? tokens, string path)
    {
        if (architecture is null) return;
        var at = $"{path}architecture";
        Require(!isLora, at, "A LoRA reward is its source with deltas, so it has the source's architecture.", "Remove 'architecture' or LoRA.");
        Require(isFresh, $"{path}initialization", "A reward of another architecture has no weights of the source to begin with.", "Write 'initialization: scratch'.");
        Require(architecture is DecoderSpec, $"{at}.kind", "This architecture classifies images.", "Use llama, mistral, qwen2, qwen3, gpt2 or gptNeoX.");
        Architecture(architecture, at);
        if (architecture is DecoderSpec decoder && tokens is { } length)
            Require(length <= decoder.Context, $"{at}.context", $"The reward reads {decoder.Context} tokens at once, and maxTokens is {length}.", "Lower 'maxTokens', or raise 'context'.");
    }

    private void Timing(TimingSpec job)
    {
        Require(job.Subject is not null || job.Rewards is not null, "subject", "There is nothing to time.", "Name a language model as 'subject', or rewards under 'rewards'.");
        Require(job.Subject is not null || job.Patch is null, "patch", "There is no subject for the patch to hang on.", "Name it as 'subject'.");
        Require(job.Subject is not null || job.Emulated is null, "emulated", "There is no subject to emulate the tuning of.", "Name it as 'subject'.");
        Carried(job.Rewards, job.Emulated);
    }

    /// <summary>What is added to a language model.</summary>
    private void Carried(RewardUse[]? rewards, EmulatedUse? emulated)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < rewards?.Length; i++)
        {
            Weight(rewards[i].Weight, $"rewards[{i}].weight");
            Require(seen.Add(rewards[i].Reward), $"rewards[{i}].reward", $"{Shown.Name(rewards[i].Reward)} appears twice.", "Name each reward once, with the sum of its weights.");
        }
        if (emulated is null) return;
        Weight(emulated.Weight, "emulated.weight");
        Require(emulated.Tuned != emulated.Source, "emulated.tuned", "The tuned source and the source are the same model, so their difference is nothing.", "Name the model that was tuned, and the one that it was tuned from.");
    }

    private void Weight(double weight, string path)
    {
        Require(double.IsFinite(weight), path, "The weight is not a number.", "Write a number, such as 1.");
        Require(weight != 0, path, "With a weight of 0 nothing is added.", "Write another weight, or remove the entry.");
    }
}
