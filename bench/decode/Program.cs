using System.Numerics.Tensors;
using Ptune.Decode.Bench;
using Ptune.Learning;
using Ptune.Learning.Generation;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Tensors.Bench;
using TorchSharp;
using static TorchSharp.torch;

// Prefill and decode here against llama.cpp: bench/decode/run [FOLDER|-] [rounds] [threads]
const int promptLength = 128, newTokens = 64;
string? given = args.Length > 0 && args[0] != "-" ? args[0] : null;
int rounds = args.Length > 1 ? int.Parse(args[1]) : 12, threads = args.Length > 2 ? int.Parse(args[2]) : 2;

TorchRuntime.EnsureLoaded();
set_num_threads(threads);
string work = Directory.CreateTempSubdirectory("ptune-decode-").FullName;
try
{
    string source = given ?? Path.Combine(work, "model");
    if (given is null) RandomLlama.Write(source);
    string gguf = Path.Combine(work, "model.gguf");
    using (var folder = PretrainedFolder.Open(source)) GgufFile.Write(gguf, folder);

    using var model = PretrainedFolder.Open(source).LanguageModel(ScalarType.Float32, CPU);
    using var scorer = new ModelScorer(model);
    using var peer = new LlamaCpp(gguf, threads, promptLength + newTokens);
    var random = new Random(1);
    int[] prompt = [.. Enumerable.Range(0, promptLength).Select(_ => random.Next((int)model.Vocabulary))];
    using var ours = new OurDecoder(scorer);
    float[] theirLogits = peer.Prefill(prompt), ourLogits = ours.Logits(prompt);
    double largest = theirLogits.Max(Math.Abs), difference = theirLogits.Zip(ourLogits, (a, b) => Math.Abs(a - b)).Max() / largest;
    Console.WriteLine($"{Environment.ProcessorCount} cores, {ComputeDevice.Describe("cpu", threads).Processor}, {threads} threads each, f32 weights and cache; {model.Parameters.Count:N0} parameters, {given ?? "random weights"}");
    Console.WriteLine($"{promptLength} tokens of prompt, {newTokens} new ones, greedy; logits behind the prompt differ by {difference:0.0e+0} of the largest; median (min, max) of {rounds} rounds in turns");
    // llama.cpp rounds some intermediate results; another model would be as far away as the largest is.
    if (!(difference < 1e-2)) throw new InvalidOperationException("The two do not compute the same model.");

    var prefill = Interleaved.Measure(rounds, 2, () => Interleaved.Time(() => ours.Prefill(prompt)), () => Interleaved.Time(() => peer.Prefill(prompt)));
    var decode = Interleaved.Measure(rounds, 1, () => ours.Generate(prompt, newTokens), () =>
    {
        int next = TensorPrimitives.IndexOfMax<float>(peer.Prefill(prompt));
        return Interleaved.Time(() =>
        {
            for (int at = 0; at < newTokens - 1; at++) next = TensorPrimitives.IndexOfMax<float>(peer.Next(next, promptLength + at));
        });
    });
    Report("prefill", promptLength, prefill);
    Report("decode", newTokens - 1, decode);
}
finally
{
    Directory.Delete(work, recursive: true);
}

static void Report(string what, int tokens, double[][] seconds)
{
    var (ours, theirs) = (seconds[0].Select(s => tokens / s).ToArray(), seconds[1].Select(s => tokens / s).ToArray());
    Console.WriteLine($"{what,-8} ours {Spread.Of(ours).ToString(1, "F1")} tokens/s   llama.cpp {Spread.Of(theirs).ToString(1, "F1")} tokens/s   ours / theirs {Spread.OfRatios(ours, theirs)}");
}
