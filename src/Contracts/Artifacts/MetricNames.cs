namespace Ptune.Contracts.Artifacts;

/// <summary>
/// The names of a result's figures, in one place: the executor writes them, the study grain assembles its comparison from them.
/// Accuracies and shares are fractions between 0 and 1, times are seconds.
/// </summary>
public static class MetricNames
{
    /// <summary>Examples that a figure is over.</summary>
    public const string Count = "n";

    /// <summary>Accuracy of the target alone.</summary>
    public const string AccuracyBare = "accuracy.bare";

    /// <summary>Accuracy of softmax(r(x)) without any model.</summary>
    public const string AccuracyRewardAlone = "accuracy.rewardAlone";

    /// <summary>Accuracy of emulated fine-tuning, target + (tuned source - source).</summary>
    public const string AccuracyEft = "accuracy.eft";

    /// <summary>Accuracy of the target with the reward.</summary>
    public const string AccuracyPorted = "accuracy.ported";

    /// <summary>Accuracy of the target tuned on the same examples.</summary>
    public const string AccuracyRetrained = "accuracy.retrained";

    /// <summary>Accuracy of the bare source.</summary>
    public const string AccuracySource = "accuracy.source";

    /// <summary>Accuracy of the tuned source.</summary>
    public const string AccuracyTunedSource = "accuracy.tunedSource";

    /// <summary>Accuracy of a scored model, or of a scored reward alone, over the split that it was scored on.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>(ported - bare) / (retrained - bare); absent where retraining gained nothing.</summary>
    public const string KeptShare = "keptShare";

    /// <summary>Ported right and bare wrong.</summary>
    public const string McNemarVsBareB = "mcnemar.vsBare.b";

    /// <summary>Ported wrong and bare right.</summary>
    public const string McNemarVsBareC = "mcnemar.vsBare.c";

    /// <summary>Two-sided p of McNemar's exact test of ported against bare.</summary>
    public const string McNemarVsBareP = "mcnemar.vsBare.p";

    /// <summary>Ported right and the reward alone wrong.</summary>
    public const string McNemarVsRewardAloneB = "mcnemar.vsRewardAlone.b";

    /// <summary>Ported wrong and the reward alone right.</summary>
    public const string McNemarVsRewardAloneC = "mcnemar.vsRewardAlone.c";

    /// <summary>Two-sided p of McNemar's exact test of ported against the reward alone.</summary>
    public const string McNemarVsRewardAloneP = "mcnemar.vsRewardAlone.p";

    /// <summary>eps: the mean over the examples, of texts over the tokens, of KL(source || target), in nats.</summary>
    public const string KlFromSource = "klFromSource";

    /// <summary>The mean over the examples of C = max_y e^(r/lambda) / E_source[e^(r/lambda)].</summary>
    public const string CMean = "c.mean";

    /// <summary>The largest C over the examples.</summary>
    public const string CMax = "c.max";

    /// <summary>95 of 100 positions have at most this C; of texts.</summary>
    public const string CHigh = "c.q95";

    /// <summary>The mean of KL(carried target || bare target), in nats; of texts.</summary>
    public const string KlMoved = "klMoved";

    /// <summary>Positions that KL and C are over; of texts.</summary>
    public const string RiskPositions = "klFromSource.n";

    /// <summary>After less before.</summary>
    public const string PairedDifference = "difference";

    /// <summary>The lower end of the difference's 95 % interval.</summary>
    public const string PairedLow = "low";

    /// <summary>The upper end of the difference's 95 % interval.</summary>
    public const string PairedHigh = "high";

    /// <summary>The standard error of the difference.</summary>
    public const string PairedError = "se";

    /// <summary>Examples that are right only after.</summary>
    public const string PairedGained = "gained";

    /// <summary>Negative flips: examples that are right only before.</summary>
    public const string PairedLost = "negativeFlips";

    /// <summary>Two-sided p of McNemar's exact test.</summary>
    public const string PairedP = "p";

    /// <summary>A figure of a comparison: of an evaluation of a group, the metric and what was found of it.</summary>
    public static string Paired(int group, int number, string figure) => $"groups.{group}.{number}.{figure}";

    /// <summary>Measurement: examples that are among those that a patch or reward was tuned on.</summary>
    public const string Overlap = "overlap";

    /// <summary>Mean loss over the last window of the loss curve, in nats.</summary>
    public const string FinalLoss = "loss.final";

    /// <summary>Mean loss over the first window of the loss curve, in nats.</summary>
    public const string FirstLoss = "loss.first";

    /// <summary>Optimizer steps.</summary>
    public const string Steps = "steps";

    /// <summary>Parameters of the network.</summary>
    public const string Parameters = "parameters";

    /// <summary>Entries of a language model's vocabulary.</summary>
    public const string Vocabulary = "vocabulary";

    /// <summary>Blocks of a transformer.</summary>
    public const string ShapeLayers = "shape.layers";

    /// <summary>Width of a transformer's hidden state.</summary>
    public const string ShapeWidth = "shape.width";

    /// <summary>Width of a transformer's feed-forward part.</summary>
    public const string ShapeInner = "shape.inner";

    /// <summary>Width of all query heads of a transformer.</summary>
    public const string ShapeQueryWidth = "shape.queryWidth";

    /// <summary>Width of all key heads of a transformer.</summary>
    public const string ShapeKeyWidth = "shape.keyWidth";

    /// <summary>1 where a transformer's feed-forward part has a gate, else 0.</summary>
    public const string ShapeGated = "shape.gated";

    /// <summary>Rows of the head of a transformer that is no language model: labels.</summary>
    public const string ShapeOutputs = "shape.outputs";

    /// <summary>Tokens that an image model makes of an image.</summary>
    public const string ShapeImageTokens = "shape.imageTokens";

    /// <summary>Numbers of an image as an image model reads it: channels x height x width.</summary>
    public const string ShapeImagePixels = "shape.imagePixels";

    /// <summary>Measurement: inference time of the port over that of the bare target, the median of paired ratios.</summary>
    public const string CostPorted = "cost.ported";

    /// <summary>Measurement: standard deviation of the paired ratios behind <see cref="CostPorted"/>.</summary>
    public const string CostPortedSpread = "cost.ported.sd";

    /// <summary>Measurement: inference time of a language model with what it carries over that of the model alone, the median of paired ratios.</summary>
    public const string CostInference = "cost.inference";

    /// <summary>Measurement: standard deviation of the paired ratios behind <see cref="CostInference"/>.</summary>
    public const string CostInferenceSpread = "cost.inference.sd";

    /// <summary>Measurement: seconds from artifacts on the worker's disk to the first answer: networks are loaded and put together.</summary>
    public const string DeploySeconds = "deploy.seconds";

    /// <summary>Measurement: inference time of EFT over that of the bare target, the median of paired ratios.</summary>
    public const string CostEft = "cost.eft";

    /// <summary>Measurement: standard deviation of the paired ratios behind <see cref="CostEft"/>.</summary>
    public const string CostEftSpread = "cost.eft.sd";

    /// <summary>Measurement: seconds that the bare target takes for one batch, the median.</summary>
    public const string CostBareSeconds = "cost.bare.seconds";

    /// <summary>Measurement: interleaved rounds that the costs were measured over.</summary>
    public const string CostRounds = "cost.rounds";

    /// <summary>Measurement: seconds from the job's start to its end in the executor.</summary>
    public const string Seconds = "seconds";

    /// <summary>Bytes of a frozen source's hidden states that training read from the worker's disk; absent where the source was passed in every step.</summary>
    public const string StateBytes = "stateBytes";

    /// <summary>Measurement: examples per second of the training loop, or of the scoring pass.</summary>
    public const string ExamplesPerSecond = "examplesPerSecond";

    /// <summary>Measurement: the most memory that the executor had resident at once, in bytes.</summary>
    public const string PeakMemory = "memory.peak";

    /// <summary>Records of a data set of texts.</summary>
    public const string Records = "records";

    /// <summary>Records that differ in content.</summary>
    public const string DistinctRecords = "records.distinct";

    /// <summary>Records without anything to train, which were dropped.</summary>
    public const string EmptyRecords = "records.empty";

    /// <summary>Records of the split that was read.</summary>
    public const string SplitRecords = "records.split";

    /// <summary>Tokens of the examples.</summary>
    public const string Tokens = "tokens";

    /// <summary>Of these, the ones that the loss sees.</summary>
    public const string TrainedTokens = "tokens.trained";

    /// <summary>Tokens that long examples lost.</summary>
    public const string CutTokens = "tokens.cut";

    /// <summary>Examples that lost tokens.</summary>
    public const string CutExamples = "examples.cut";

    /// <summary>Examples that were dropped because they are too long.</summary>
    public const string DroppedExamples = "examples.tooLong";

    /// <summary>Examples that were dropped because nothing to train was left in them.</summary>
    public const string UntrainedExamples = "examples.untrained";

    /// <summary>Parameters that were trained.</summary>
    public const string TrainedParameters = "parameters.trained";

    /// <summary>The step whose parameters were kept, where a training ends early.</summary>
    public const string BestStep = "steps.best";

    /// <summary>The validation loss of the parameters that were kept, in nats.</summary>
    public const string ValidationLoss = "loss.validation";

    /// <summary>Mean loss of a token, or of a labelled text over its labels, in nats.</summary>
    public const string Loss = "loss";

    /// <summary>Bits that the model needs for a byte of text.</summary>
    public const string BitsPerByte = "bitsPerByte";

    /// <summary>e to the mean loss of a token.</summary>
    public const string Perplexity = "perplexity";

    /// <summary>Measurement: tokens per second, of a training loop, a scoring pass or a generation.</summary>
    public const string TokensPerSecond = "tokensPerSecond";

    /// <summary>Prompts that could not be continued.</summary>
    public const string Refused = "refused";

    /// <summary>The largest rank of a patch.</summary>
    public const string Rank = "rank";

    /// <summary>By how much a patch changes its base's outputs on a probe, relative to the largest of them.</summary>
    public const string ProbeChange = "probe.change";

    /// <summary>Bytes of the scored text, in UTF-8.</summary>
    public const string Bytes = "bytes";

    /// <summary>Share of questions whose likeliest choice for each of its characters is right (the harness's acc_norm).</summary>
    public const string AccuracyPerCharacter = "accuracy.perCharacter";

    /// <summary>As before, for each byte (acc_bytes).</summary>
    public const string AccuracyPerByte = "accuracy.perByte";

    /// <summary>Share of prompts whose greedy answer is the right one.</summary>
    public const string ExactMatch = "exactMatch";

    /// <summary>Tokens of a language model's vocabulary that no reward beside it has: their reward is 0.</summary>
    public const string TokensWithoutReward = "tokens.withoutReward";

    /// <summary>Tokens that were read and that a reward does not have: it read its unknown token, else the one that ends a text, in their place.</summary>
    public const string TokensUnknownToReward = "tokens.unknownToReward";

    /// <summary>The share of tokens that were mixed in.</summary>
    public const string MixedShare = "tokens.mixedShare";
}
