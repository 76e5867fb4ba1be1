using Ptune.Decode.Bench;
using Ptune.Learning;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Loading.Bench;
using Ptune.Tensors.Bench;
using TorchSharp;
using static TorchSharp.torch;

// Loading a model's weights, and the memory of two processes that have one: bench/loading/run [FOLDER|-] [rounds]
TorchRuntime.EnsureLoaded();
set_num_threads(1);
if (args is [Holder.Command, var held, var word, var kept])
{
    using var model = Load(held, ComputeTypes.Of(word), kept);
    Pass(model);
    Console.WriteLine("ready");
    Console.In.ReadToEnd();
    return;
}

string? given = args.Length > 0 && args[0] != "-" ? args[0] : null;
int rounds = args.Length > 1 ? int.Parse(args[1]) : 15;
string work = Directory.CreateTempSubdirectory("ptune-loading-").FullName;
try
{
    string folder = given ?? Path.Combine(work, "model"), cache = Path.Combine(work, "cache");
    if (given is null) RandomLlama.Write(folder, ScalarType.BFloat16);
    long bytes = Directory.GetFiles(folder, "*.safetensors").Sum(file => new FileInfo(file).Length);
    Console.WriteLine($"{Environment.ProcessorCount} cores, {ComputeDevice.Describe("cpu", 1).Processor}, 1 thread; {bytes:N0} bytes of bfloat16, in the page cache; median (min, max) of {rounds} rounds in turns");
    Load(folder, ScalarType.Float32, cache).Dispose();
    double[][] seconds = Interleaved.Measure(rounds, 1,
        Timed(() => Load(folder, ScalarType.BFloat16, null).Dispose()),
        Timed(() => LoadAndPass(ScalarType.BFloat16, null)),
        Timed(() => Load(folder, ScalarType.Float32, cache).Dispose()),
        Timed(() => LoadAndPass(ScalarType.Float32, cache)),
        Timed(() => Load(folder, ScalarType.Float32, null).Dispose()));
    string[] names = ["as stored, mapped", "the same and a pass of 16 tokens", "f32 from the cache of converted weights, mapped", "the same and a pass of 16 tokens", "f32 converted in memory"];
    foreach (var (name, times) in names.Zip(seconds)) Console.WriteLine($"  {name,-50} {Spread.Of(times).ToString(1000, "F1")} ms");
    foreach (string type in new[] { "bfloat16", "float32" }) Memory(folder, type, cache);

    void LoadAndPass(ScalarType type, string? from)
    {
        using var model = Load(folder, type, from);
        Pass(model);
    }
}
finally
{
    Directory.Delete(work, recursive: true);
}

static void Memory(string folder, string type, string cache)
{
    using var first = new Holder(folder, type, cache);
    using var second = new Holder(folder, type, cache);
    // Shares are not taken of what other processes have mapped, too: with them, the same two processes would have another ratio on a machine where others run.
    double one = first.ResidentBytes, added = second.PrivateBytes;
    Console.WriteLine($"  {type}: one process {one / 1e6:F0} MB, a second one adds {added / 1e6:F0} MB: {(one + added) / one:F2}");
}

static Func<double> Timed(Action work) => () => Interleaved.Time(work);

static CausalLanguageModel Load(string folder, ScalarType type, string? cache)
{
    var open = PretrainedFolder.Open(folder);
    return open.LanguageModel(type, CPU, cache is null ? null : (new WeightCache(cache), FolderState.Of(open)));
}

static void Pass(CausalLanguageModel model)
{
    using var scope = NewDisposeScope();
    using var _ = no_grad();
    var tokens = arange(16, ScalarType.Int64).unsqueeze(0);
    model.Logits(tokens, SequenceLayout.Of(tokens));
}
