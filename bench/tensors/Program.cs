using System.Runtime.InteropServices;
using Ptune.Contracts.Specs;
using Ptune.Learning;
using Ptune.Learning.Data;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Tuning;
using Ptune.Tensors.Bench;
using TorchSharp;
using static TorchSharp.torch;

// A training step here against the same model in PyTorch: bench/tensors/run [rounds] [steps a round]
const int examples = 4096;
const int warmups = 10;
int rounds = args.Length > 0 ? int.Parse(args[0]) : 40;
int steps = args.Length > 1 ? int.Parse(args[1]) : 25;
// So many epochs that no run ends.
var recipe = new TrainingRecipe { Epochs = 100_000 };
(string Name, ArchitectureSpec Architecture)[] models = [("vit", new VitSpec()), ("mlp", new MlpSpec())];

TorchRuntime.EnsureLoaded();
set_num_threads(1);
var folder = Directory.CreateTempSubdirectory("ptune-tensors-").FullName;
try
{
    var images = SyntheticImages.Of(examples);
    File.WriteAllBytes(Path.Combine(folder, "pixels.bin"), images.Pixels);
    File.WriteAllBytes(Path.Combine(folder, "labels.bin"), MemoryMarshal.AsBytes(images.Labels.AsSpan()));
    using var tensors = new ExampleTensors(images, CPU);
    using var peer = new Peer(folder, recipe.BatchSize);
    Console.WriteLine($"{Environment.ProcessorCount} cores, {ComputeDevice.Describe("cpu", 1).Processor}; batch {recipe.BatchSize}, {rounds} rounds of {steps} steps each, in turns");
    Console.WriteLine($"ours    libtorch {torch.__version__} with its MKL, {get_num_threads()} thread");
    Console.WriteLine($"theirs  {peer.Description}");
    foreach (var (name, architecture) in models) Compare(name, architecture, tensors, peer);
}
finally
{
    Directory.Delete(folder, recursive: true);
}

void Compare(string name, ArchitectureSpec architecture, ExampleTensors tensors, Peer peer)
{
    using var network = ImageClassifier.Create(architecture, tensors.Examples.Size, SyntheticImages.Labels, CPU, trainable: true);
    network.Parameters.Initialize(1);
    using (var file = File.Create(Path.Combine(folder, $"{name}.bin"))) TensorBytes.Of(name, network.Parameters.Values).WriteTo(file);
    RequireSameModel(name, network, tensors, peer.Load(name));

    using var trainer = new ImageTrainer(network, tensors, Objective.CrossEntropy, recipe, 1);
    var seconds = Interleaved.Measure(
        rounds,
        warmups,
        () => Interleaved.Time(() => { for (int i = 0; i < steps; i++) trainer.TakeStep(); }),
        () => peer.Train(name, steps));
    Console.WriteLine($"{name}, {network.Parameters.Count:N0} parameters");
    Console.WriteLine($"  ours    {Spread.Of(seconds[0]).ToString(1000.0 / steps, "F3")} ms a step");
    Console.WriteLine($"  theirs  {Spread.Of(seconds[1]).ToString(1000.0 / steps, "F3")} ms a step");
    Console.WriteLine($"  ratio   {Spread.OfRatios(seconds[0], seconds[1])}");
}

// The same weights on the same batch must give the same loss: else the two are not the same model, and a ratio says nothing.
void RequireSameModel(string name, ImageClassifier network, ExampleTensors tensors, (long Parameters, double Loss) theirs)
{
    using var scope = NewDisposeScope();
    using var _ = no_grad();
    double loss = nn.functional.cross_entropy(network.Forward(tensors.Images(0, recipe.BatchSize)), tensors.Labels.narrow(0, 0, recipe.BatchSize)).item<float>();
    if (theirs.Parameters != network.Parameters.Count || Math.Abs(loss - theirs.Loss) > 1e-5 * loss)
        throw new InvalidOperationException($"{name}: here {network.Parameters.Count} parameters and a loss of {loss}, there {theirs.Parameters} and {theirs.Loss}.");
}
