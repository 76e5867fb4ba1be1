using System.Globalization;
using System.Runtime.InteropServices;
using Ptune.Contracts.Jobs;
using Ptune.Learning.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning;

/// <summary>
/// A training run's whole state in one safetensors file: parameters, both moments of AdamW, the loss since the last point of the
/// curve, the curve, libtorch's generator of the CPU. The order of examples needs only the step, and so does a device's generator (<see cref="DeviceGenerator"/>).
/// Its metadata say whose it is, and carry digests, so that a flipped bit is noticed.
/// </summary>
internal static class Checkpoint
{
    private const string _format = "ptune-checkpoint/1";
    private const string _parameters = "parameters";
    private const string _mean = "adamw.mean";
    private const string _square = "adamw.square";
    private const string _windowLoss = "loss.window";
    private const string _curveSteps = "loss.curve.steps";
    private const string _curveLosses = "loss.curve.losses";
    private const string _generator = "generator.libtorch";

    private const string _best = "stopping.best";
    private const string _record = "stopping.record";

    /// <summary>Copies a run's state off the device, so that it can be written while the run goes on.</summary>
    public static CheckpointImage Take(CheckpointIdentity identity, TrainingState state, Tensor parameters, AdamW optimizer, Tensor windowLoss, EarlyStopping? stopping = null)
    {
        using var scope = NewDisposeScope();
        TensorBytes[] tensors =
        [
            TensorBytes.Of(_parameters, parameters),
            TensorBytes.Of(_mean, optimizer.Mean),
            TensorBytes.Of(_square, optimizer.Square),
            TensorBytes.Of(_windowLoss, windowLoss),
            TensorBytes.Of(_generator, random.get_rng_state()),
            new(_curveSteps, TensorType.I64, [state.Curve.Count], [Bytes(state.Curve.Select(point => point.Step))]),
            new(_curveLosses, TensorType.F64, [state.Curve.Count], [Bytes(state.Curve.Select(point => point.Loss))]),
            .. stopping is null ? [] : new[] { TensorBytes.Of(_best, stopping.Best), TensorBytes.Of(_record, stopping.Record) },
        ];
        return new CheckpointImage(state.Step, tensors, new Dictionary<string, string>
        {
            ["format"] = _format,
            ["job"] = identity.JobId,
            ["recipe"] = identity.Recipe,
            ["environment"] = identity.Environment,
            ["step"] = state.Step.ToString(CultureInfo.InvariantCulture),
            ["windowSteps"] = state.WindowSteps.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Writes it whole or not at all. It touches no tensor: any thread may do it.</summary>
    public static void Write(string path, CheckpointImage image) =>
        SafetensorsWriter.Write(path, image.Tensors, CheckpointSums.Seal(image.Metadata, image.Tensors));

    /// <summary>Puts a run into the state of a checkpoint.</summary>
    /// <exception cref="MalformedFileException">The file is truncated or damaged.</exception>
    /// <exception cref="CheckpointException">The file is of another job, or was tampered with.</exception>
    public static TrainingState Read(string path, CheckpointIdentity identity, long totalSteps, Tensor parameters, AdamW optimizer, Tensor windowLoss, EarlyStopping? stopping = null)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var file = SafetensorsFile.Open(path);
        Check(file, identity);
        var state = new TrainingState
        {
            Step = Number(file, "step"),
            WindowSteps = Number(file, "windowSteps"),
            ResumedFrom = file.Metadata["environment"] == identity.Environment ? null : file.Metadata["environment"],
        };
        if (state.Step <= 0 || state.Step > totalSteps || state.WindowSteps < 0 || state.WindowSteps > state.Step)
            throw new CheckpointException(path, $"it says to stand at step {state.Step} of {totalSteps}.");

        Copy(file, _parameters, TensorType.F32, parameters);
        Copy(file, _mean, TensorType.F32, optimizer.Mean);
        Copy(file, _square, TensorType.F32, optimizer.Square);
        Copy(file, _windowLoss, TensorType.F64, windowLoss);
        if (stopping is not null)
        {
            Copy(file, _best, TensorType.F32, stopping.Best);
            Copy(file, _record, TensorType.F64, stopping.Record);
        }

        using var generator = random.get_rng_state();
        Copy(file, _generator, TensorType.U8, generator);
        if (!GeneratorState.IsValid(generator.data<byte>().ToArray())) throw new CheckpointException(path, $"'{_generator}' is no state of libtorch's generator.");
        random.set_rng_state(generator);
        var steps = file.Elements<long>(_curveSteps, TensorType.I64);
        var losses = file.Elements<double>(_curveLosses, TensorType.F64, steps.Length);
        for (int i = 0; i < steps.Length; i++) state.Curve.Add(new LossPoint(steps[i], losses[i]));
        return state;
    }

    private static void Check(SafetensorsFile file, CheckpointIdentity identity)
    {
        string format = Text(file, "format");
        if (format != _format) throw new CheckpointException(file.Path, $"its format is '{format}', this program reads '{_format}'.");
        if (Text(file, "job") != identity.JobId) throw new CheckpointException(file.Path, $"it is a checkpoint of job {Text(file, "job")}, not of {identity.JobId}.");
        string recipe = Text(file, "recipe");
        if (recipe != identity.Recipe && recipe != identity.EarlierRecipe?.Invoke())
            throw new CheckpointException(file.Path, "it was made from another recipe, other data or another network.");
        Text(file, "environment");
        CheckpointSums.Check(file);
    }

    // libtorch would convert another type without a word.
    private static void Copy(SafetensorsFile file, string name, TensorType type, Tensor target)
    {
        var entry = file.Entry(name, target.shape);
        if (entry.Type != type)
            throw new MalformedFileException(file.Path, file.Header.DataStart + entry.Begin, $"tensor '{name}' is {entry.Type.Name}, not {type.Name}");
        target.copy_(file.Tensor(name));
    }

    private static long Number(SafetensorsFile file, string key) =>
        long.TryParse(Text(file, key), CultureInfo.InvariantCulture, out long number) ? number : throw new CheckpointException(file.Path, $"its {key} is no number.");

    private static string Text(SafetensorsFile file, string key) =>
        file.Metadata.TryGetValue(key, out string? text) ? text : throw new CheckpointException(file.Path, $"it is no checkpoint: its metadata lack '{key}'.");

    private static byte[] Bytes<T>(IEnumerable<T> numbers) where T : unmanaged => MemoryMarshal.AsBytes(numbers.ToArray().AsSpan()).ToArray();
}
