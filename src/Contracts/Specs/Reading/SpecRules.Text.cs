namespace Ptune.Contracts.Specs.Reading;

/// <content>Language models: their data, recipes and architectures.</content>
internal sealed partial class SpecRules
{
    private void Texts(TextDatasetSpec dataset, DataSpec data, string path)
    {
        Require(data.Shift is null, $"{path}.shift", "A domain shift is for images, and these are texts.", "Remove it.");
        Require(data.Split != Split.Pretraining, $"{path}.split", "Texts have the splits tuning, validation and test.", "Pretrain on tuning.");
        Shares(data.Splits, $"{path}.splits");
        if (data.Splits.Shares is { } shares)
        {
            var share = data.Split switch { Split.Tuning => 0, Split.Validation => 1, _ => 2 };
            Require(shares.Length != 3 || shares[share] > 0, $"{path}.splits.shares", $"The {Word(data.Split)} split, which is read, has no share.", "Give it one.");
        }
        Records(dataset, $"{path}.dataset");
        Require(data.Packing is not true || CanPack(dataset.Shape), $"{path}.packing", $"Examples of the format {Scalars.Word(dataset.Format)} cannot share a row.", "Remove 'packing'.");
        Require(data.Loss is null || dataset.Shape is TextFormat.PromptResponse or TextFormat.Messages, $"{path}.loss", "Only prompts with responses and messages have a part that the loss may leave out.", "Remove 'loss'.");
    }

    // A language model learns to write the label behind a text.
    private static bool CanPretrain(TextFormat format) => format is TextFormat.Text or TextFormat.PromptResponse or TextFormat.Messages or TextFormat.TextLabel;

    private static bool CanPack(TextFormat format) => format is TextFormat.Text or TextFormat.PromptResponse or TextFormat.Messages;

    private void Records(TextDatasetSpec dataset, string path)
    {
        Require(dataset.Labels is null || dataset.Shape == TextFormat.TextLabel, $"{path}.labels", $"Labels are for the format textLabel, not {Scalars.Word(dataset.Format)}.", "Remove them, or write 'format: textLabel'.");
        Require(dataset.Records is null || dataset.Format == TextFormat.Text || dataset.Template is not null, $"{path}.records", $"A .txt file has text and no fields, so it holds no records of the format {Scalars.Word(dataset.Format)}.", "Remove 'records', or write 'format: text'.");
        // A template names fields of its own.
        if (dataset.Template is not null) return;
        foreach (var field in (dataset.Fields ?? []).Keys)
            Require(TextFields.Of(dataset.Format).Contains(field), $"{path}.fields.{field}", $"Records of the format {Scalars.Word(dataset.Format)} have no field {Shown.Name(field)}.", $"Write our name first, then the file's: {TextFields.Of(dataset.Format)[0]}: NAME.");
    }

    private void Shares(SplitsSpec splits, string path)
    {
        if (splits.Shares is not { } shares) return;
        for (var i = 0; i < shares.Length; i++)
            Require(shares[i] >= 0, $"{path}.shares[{i}]", "A share is negative.", "Write shares from 0 to 1.");
        Require(shares.Sum() is > 0 and <= 1 + 1e-9, $"{path}.shares", $"The shares sum to {shares.Sum():0.###}.", "Write shares that sum to at most 1.");
    }

    private void Pretraining(PretrainingSpec job)
    {
        Architecture(job.Architecture, "architecture");
        var isText = job.Data.Dataset is TextDatasetSpec;
        Require(isText == job.Architecture is DecoderSpec, "architecture.kind", isText ? "This architecture classifies images, and the data are texts." : "This architecture is a language model, and the data are images.", isText ? "Use llama, mistral, qwen2, qwen3, gpt2 or gptNeoX." : "Use vit, cnn or mlp.");
        Require(job.Continues is null || isText, "continues", "Only a language model's pretraining can be continued.", "Remove it; FineTuning trains an image classifier further.");
        Require(!isText || job.Tokenizer is not null || job.Continues is not null, "tokenizer", "A language model needs a tokenizer.", "Name a tokenizer.json under 'tokenizer'.");
        Require(isText || job.Tokenizer is null, "tokenizer", "A tokenizer is for texts, and these are images.", "Remove it.");
        if (job.Tokenizer is { } tokenizer) Tokenizer(tokenizer, "tokenizer");
        if (job.Data.Dataset is TextDatasetSpec texts)
            Require(CanPretrain(texts.Shape), "data.dataset.format", $"Nothing is pretrained on {Scalars.Word(texts.Format)}.", "Use the format text, promptResponse, messages or textLabel.");
        if (job.Architecture is DecoderSpec decoder && job.Data.MaxTokens is { } length)
            Require(length <= decoder.Context, "data.maxTokens", $"Examples have up to {length} tokens, and the model reads {decoder.Context} at once.", "Lower 'maxTokens', or raise 'architecture.context'.");
    }

    private void FineTuning(FineTuningSpec job)
    {
        Lora(job.Method, "method");
        var isText = job.Data.Dataset is TextDatasetSpec;
        Require(isText || job.Method is null or FullMethod or HeadMethod or LoraMethod, "method.kind", "Image classifiers are tuned in full, by their head, or by LoRA.", "Write 'kind: full', 'kind: head' or 'kind: lora'.");
        Require(isText || (job.Mix is null && job.Beta is null), job.Mix is null ? "beta" : "mix", "This is for texts, and these are images.", "Remove it.");
        if (job.Data.Dataset is not TextDatasetSpec texts) return;
        Require(job.Method is not SoftPromptMethod || job.Data.Packing != true, "data.packing", "A soft prompt stands before each text, so texts cannot share a row.", "Remove 'packing'.");
        var isPreference = texts.Shape == TextFormat.Preference;
        Require(isPreference || job.Beta is null, "beta", "Beta is for preferences.", "Remove it, or write 'format: preference'.");
        Require(texts.Shape != TextFormat.MultipleChoice, "data.dataset.format", "Nothing is tuned on multipleChoice.", "Use it in an Evaluation.");
        Preferences(texts.Shape, job.Recipe, "recipe");
        if (job.Mix is not { } mix) return;
        Data(mix.Data, "mix.data");
        Trains(mix.Data, "mix.data");
        Require(mix.Data.Dataset is TextDatasetSpec { Shape: TextFormat.Text or TextFormat.PromptResponse or TextFormat.Messages }, "mix.data.dataset", "Only texts, prompts with responses and messages can be mixed in.", "Name such a data set.");
        Require(texts.Shape is TextFormat.Text or TextFormat.PromptResponse or TextFormat.Messages, "mix", $"Nothing can be mixed into {Scalars.Word(texts.Format)}.", "Remove it.");
    }

    /// <summary>DPO compares two responses, each as it stands.</summary>
    private void Preferences(TextFormat? format, TrainingRecipe recipe, string path) =>
        Require(format != TextFormat.Preference || recipe.LabelSmoothing is null or 0, $"{path}.labelSmoothing", "Preferences are learnt without label smoothing.", "Remove 'labelSmoothing'.");

    private void TextEvaluation(EvaluationSpec job)
    {
        LabelPrompt(job.LabelPrompt, job.Data);
        Require(job.Subject is not null || job.Rewards is not null, "subject", "There is nothing to evaluate.", "Name a language model as 'subject', or rewards under 'rewards'.");
        Require(job.Subject is not null || job.Patch is null, "patch", "There is no subject for the patch to hang on.", "Name it as 'subject'.");
        Require(job.Subject is not null || job.Emulated is null, "emulated", "There is no subject to emulate the tuning of.", "Name it as 'subject'.");
        Require(job.Lambda == 1, "lambda", "A reward of texts keeps the lambda that it was trained with.", "Remove 'lambda', and write a 'weight' for the reward to count more or less.");
        Carried(job.Rewards, job.Emulated);
        FewShot(job.FewShot, isConversation: job.Data.Dataset is TextDatasetSpec { Shape: TextFormat.Messages });
        var carries = job.Patch is not null || job.Rewards is not null || job.Emulated is not null;
        Require(job.Source is null || (job.Subject is not null && carries), "source", "KL and C are those of a port: of a subject with a patch or rewards.", "Name what is carried, or remove 'source'.");
        if (job.TunedOn is { } tuned)
        {
            Require(carries, "tunedOn", "Nothing is carried that was tuned.", "Remove 'tunedOn'.");
            Require(tuned.Dataset is TextDatasetSpec, "tunedOn.dataset", "The data to judge are texts, and these are images.", "Remove 'tunedOn'.");
            Data(tuned, "tunedOn");
        }
        Require(job.Scores is null && job.Models is null, job.Scores is null ? "models" : "scores", "Scores and models are compared on images, and these are texts.", "Name a 'subject' instead.");
        if (job is not { Task: { } task, Data.Dataset: TextDatasetSpec { Shape: var format } }) return;
        Require(task.Fits(format), "task.kind", $"Data of the format {Scalars.Word(format)} do not fit this task.", "Use bitsPerByte for text, promptResponse and messages, exactMatch for promptResponse and messages, accuracy for textLabel, multipleChoice for multipleChoice.");
        if (task is ExactMatchTask exact) Normalizer(exact.Normalizer, "task.normalizer");
    }

    private void Normalizer(string normalizer, string path)
    {
        if (ExactMatchTask.Names.Contains(normalizer)) return;
        Pattern(new LogRule { Pattern = normalizer, Action = LogRuleAction.DoNotRetry }, path);
    }

    private void Decoder(DecoderSpec decoder, string path)
    {
        Require(decoder.Width % decoder.Heads == 0, $"{path}.heads", $"{decoder.Heads} heads do not divide the width {decoder.Width}.", "Choose a 'width' that is a multiple of 'heads'.");
        if (decoder is not GroupedDecoderSpec grouped) return;
        Require(decoder.Width / decoder.Heads % 2 == 0, $"{path}.heads", $"Heads of {decoder.Width / decoder.Heads} numbers cannot be rotated: they come in pairs.", "Choose a 'width' that is an even multiple of 'heads'.");
        if (grouped.KeyValueHeads is { } shared)
            Require(decoder.Heads % shared == 0, $"{path}.keyValueHeads", $"{shared} heads of keys and values do not divide {decoder.Heads} heads.", "Choose a divisor of 'heads'.");
    }

    private void Tokenizer(TokenizerSpec tokenizer, string path)
    {
        Location(tokenizer.Location, $"{path}.location");
        Below(tokenizer.File.Path, $"{path}.file.path", "the tokenizer's location");
        Require(tokenizer.EndOfText.Length > 0, $"{path}.endOfText", "The token that ends a text has no name.", "Write it as it is in tokenizer.json, such as <|endoftext|>.");
    }

    /// <summary>Which of a recipe's members were written tells what they are for.</summary>
    private void Recipe(JobSpec job)
    {
        if (job.Training() is { } recipe) Recipe(recipe, "recipe", job.Examples()?.Dataset is TextDatasetSpec, job.Examples()?.MaxTokens);
    }

    /// <param name="recipe">The recipe.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="isText">Whether texts are learnt.</param>
    /// <param name="longest">Tokens of an example; null: not known.</param>
    private void Recipe(TrainingRecipe recipe, string path, bool isText, int? longest)
    {
        var foreign = isText
            ? new[] { "epochs", "batchSize" }
            : ["steps", "batchTokens", "microBatch", "dtype", "clip", "earlyStopping", "labelSmoothing", "dropout", "recompute"];
        foreach (var name in foreign.Where(name => positions.Has($"{path}.{name}")))
            Report($"{path}.{name}", $"'{name}' is for {(isText ? "images, and these are texts" : "texts, and these are images")}.", isText ? "Write 'steps' and 'batchTokens'." : "Write 'epochs' and 'batchSize'.");
        if (isText && recipe is { BatchTokens: { } batch } && longest is { } tokens)
            Require(batch >= tokens, $"{path}.batchTokens", $"A step of {batch} tokens does not hold an example of {tokens}.", "Raise 'batchTokens', or lower 'maxTokens'.");
    }

    private static string Word(Split split) => Scalars.Word(split);
}
