namespace Ptune.Contracts.Specs.Reading;

/// <content>What is carried to a model other than as a reward: merged weights, random controls, examples that are shown.</content>
internal sealed partial class SpecRules
{
    private void Merging(MergingSpec job)
    {
        Require(job.Patch is null != job.Difference is null, "patch", "Exactly one of 'patch' and 'difference' is written into the weights.", "Give one of them.");
        if (job.Difference is not { } difference) return;
        Weight(difference.Weight, "difference.weight");
        Require(difference.Tuned != difference.Source, "difference.tuned", "The tuned model and its source are the same model, so their difference is nothing.", "Name the model that was tuned, and the one that it was tuned from.");
    }

    private void RandomControl(RandomControlSpec job) =>
        Require(job.ArtifactKind is ArtifactKind.Patch or ArtifactKind.Reward, "artifactKind", "Only a patch or a reward has a random control.", "Write patch or reward.");

    /// <summary>Examples before each text.</summary>
    /// <param name="shown">Null: none.</param>
    /// <param name="isConversation">Whether what they stand before are conversations.</param>
    private void FewShot(FewShot? shown, bool isConversation)
    {
        if (shown is null) return;
        Require(!isConversation, "fewShot", "Examples are put before texts, and these are conversations.", "Remove 'fewShot', and write the examples as earlier messages.");
        Data(shown.Data, "fewShot.data");
        Trains(shown.Data, "fewShot.data");
        Require(shown.Data.Dataset is TextDatasetSpec { Shape: var format } && CanBeShown(format), "fewShot.data.dataset", "Only texts, prompts with responses and labelled texts can be shown as examples.", "Name such a data set.");
    }

    private static bool CanBeShown(TextFormat format) => format is TextFormat.Text or TextFormat.PromptResponse or TextFormat.TextLabel;

    private void Prompted(LanguageStudySpec study, string path)
    {
        Require(TuningFormat(study) is not { } format || CanBeShown(format), path, $"Examples of the format {Scalars.Word(TuningFormat(study) ?? default)} cannot be shown before a text.", "Remove this method, or tune on text, promptResponse or textLabel.");
        foreach (var task in study.Tasks)
            Require(!study.Datasets.TryGetValue(task.Data, out var data) || data is not TextDatasetSpec { Shape: TextFormat.Messages }, path, $"The task {Shown.Name(task.Title())} asks by conversations, and examples are put before texts.", "Remove this method, or that task.");
        Require(study.Tuning.Count is not { } count || study.Methods.OfType<PromptedStudyMethod>().All(method => method.Shots <= count), path, $"More examples are shown than the {study.Tuning.Count} that the study tunes on.", "Lower 'shots', or raise 'tuning.count'.");
    }

    /// <summary>Several rewards that are added up.</summary>
    private void Rewards(LanguageStudySpec study, PortedStudyMethod method, string path)
    {
        if (method.Rewards is not { } rewards) return;
        // A spec that was written with its defaults has some of them.
        (string Name, bool IsSet)[] own =
        [
            ("weight", method.Weight != 1), ("initialization", method.Initialization != RewardInitialization.Source), ("lora", method.Lora is not null),
            ("lambda", method.Lambda != 1), ("recipe", method.Recipe is not null), ("architecture", method.Architecture is not null),
        ];
        foreach (var (name, _) in own.Where(one => one.IsSet && positions.Has($"{path}.{one.Name}")))
            Report($"{path}.{name}", $"With 'rewards', each of them has a '{name}' of its own.", $"Move '{name}' below 'rewards'.");
        var seen = new HashSet<StudyReward>();
        for (var i = 0; i < rewards.Length; i++)
        {
            var (reward, at) = (rewards[i], $"{path}.rewards[{i}]");
            Weight(reward.Weight, $"{at}.weight");
            Require(seen.Add(reward with { Weight = 1, Data = reward.Data ?? study.Tuning.Data }), at, "This reward is listed twice.", "List each reward once, with the sum of its weights.");
            Require(reward.Lora is null || reward.Initialization == RewardInitialization.Source, $"{at}.initialization", "A LoRA reward is its source with deltas, so it starts as its source.", "Write 'initialization: source', or remove 'lora'.");
            Own(reward.Architecture, !positions.Has($"{at}.initialization") || reward.Initialization == RewardInitialization.Scratch, reward.Lora is not null, study.MaxTokens, $"{at}.");
            Lora(reward.Lora, $"{at}.lora");
            if (reward.Recipe is { } recipe) Recipe(recipe, $"{at}.recipe", isText: true, study.MaxTokens);
            if (reward.Data is not { } data || Texts(study, data, $"{at}.data") is not { } texts) continue;
            Require(texts.Shape is not (TextFormat.Preference or TextFormat.MultipleChoice), $"{at}.data", $"Rewards are not tuned on {Scalars.Word(texts.Format)}.", "Name other data.");
            Shared(study, Split.Tuning, $"{at}.data");
        }
    }

    /// <summary>Targets that a method names itself must fit; of the study's, those that do not are left out and listed in the plan.</summary>
    private void Fits(LanguageStudySpec study, StudyMethod method, string path)
    {
        if (method.OwnTargets() is not { } own) return;
        foreach (var pair in method.Pairs(study))
            if (method.Refusal(study, pair) is { } reason)
                Report($"{path}.targets[{Array.IndexOf(own, pair.Target)}]", $"What was learnt on {Shown.Name(pair.Source ?? "")} cannot be carried to {Shown.Name(pair.Target)}: {reason}", "Remove this target; a reward can be carried to other shapes.");
    }
}
