using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Tests.Formats;
using Ptune.Learning.Tuning;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Tuning;

/// <summary>A checkpoint with anything wrong in it is refused in words, or is the state that was saved: never a crash, never another state.</summary>
public sealed class CheckpointDamageTests : IDisposable
{
    private const int _damages = 3000;
    private const long _total = 100;

    private static readonly CheckpointIdentity _identity = new("default.job", "recipe", "here");

    private readonly TempFolder _folder = new();
    private readonly ImageClassifier _network = ImageClassifier.Create(new MlpSpec { Hidden = 4, Depth = 1 }, new ImageSize(2, 2), 2, CPU, trainable: true);
    private readonly AdamW _optimizer;
    private readonly Tensor _loss = zeros(1, ScalarType.Float64);

    public CheckpointDamageTests()
    {
        _network.Parameters.Initialize(1);
        _optimizer = new AdamW(_network.Parameters, 0.01);
    }

    private Tensor Parameters => _network.Parameters.Values;

    public void Dispose()
    {
        _loss.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Read_AnyDamage_IsRefusedOrTheStateThatWasSaved()
    {
        byte[] sound = Sound();
        var saved = Saved(Read(_folder["sound"]));
        FileDamage.Of(sound, most: 2).Sample(bytes => Check(bytes, saved), iter: _damages, threads: 1);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(99_999_999UL)]
    [InlineData(1UL << 40)]
    [InlineData(ulong.MaxValue)]
    public void Read_AbsurdLengthOfTheHeader_IsRefused(ulong length)
    {
        byte[] bytes = Sound();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        Assert.NotNull(Refusal(bytes));
    }

    [Theory]
    [InlineData("\"step\":\"7\"", "\"step\":\"8\"")]
    [InlineData("\"windowSteps\":\"3\"", "\"windowSteps\":\"4\"")]
    [InlineData("\"environment\":\"here\"", "\"environment\":\"hare\"")]
    [InlineData("\"parameters\":{\"dtype\":\"F32\"", "\"parameters\":{\"dtype\":\"I32\"")]
    public void Read_AnotherHeader_IsRefused(string saved, string changed)
    {
        string text = Encoding.Latin1.GetString(Sound());
        Assert.Contains(saved, text, StringComparison.Ordinal);
        Assert.Contains("the header is not the one that was saved", Refusal(Encoding.Latin1.GetBytes(text.Replace(saved, changed, StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adamw.mean", "adamw.square")]
    [InlineData("parameters", "adamw.mean")]
    public void Read_TensorsInEachOthersPlace_IsRefused(string one, string other)
    {
        var image = Image();
        var (first, second) = (image.Tensors.Single(t => t.Name == one), image.Tensors.Single(t => t.Name == other));
        Checkpoint.Write(_folder["sound"], image);
        byte[] bytes = File.ReadAllBytes(_folder["sound"]);
        var (its, others) = (Assert.Single(first.Pieces), Assert.Single(second.Pieces));
        int at = bytes.AsSpan().IndexOf(its), to = bytes.AsSpan().IndexOf(others);
        others.CopyTo(bytes, at);
        its.CopyTo(bytes, to);
        Assert.Contains("digest differs", Refusal(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SoundSumsOverAnotherType_IsRefused() => Assert.Contains("is I64, not F32", Refusal(Image() with
    {
        Tensors = [.. Image().Tensors.Select(t => t.Name == "adamw.mean" ? new TensorBytes(t.Name, TensorType.I64, t.Shape, [new byte[2 * t.Length]]) : t)],
    }), StringComparison.Ordinal);

    [Fact]
    public void Read_SoundSumsOverAnotherGenerator_IsRefused() => Assert.Contains("generator.libtorch", Refusal(Image() with
    {
        Tensors = [.. Image().Tensors.Select(t => t.Name == "generator.libtorch" ? new TensorBytes(t.Name, t.Type, [3], [[1, 2, 3]]) : t)],
    }), StringComparison.Ordinal);

    [Fact]
    public void Read_GeneratorOfNoise_IsRefusedInWords() => Assert.Contains("generator", Refusal(Image() with
    {
        Tensors = [.. Image().Tensors.Select(t => t.Name == "generator.libtorch" ? t with { Pieces = [[.. Enumerable.Repeat((byte)0xff, (int)t.Length)]] } : t)],
    }), StringComparison.Ordinal);

    [Fact]
    public void Read_OfAnEarlierBuild_WithoutTheHeadersDigest_IsTaken()
    {
        var image = Image();
        var sums = CheckpointSums.Seal(image.Metadata, image.Tensors);
        Assert.True(sums.Remove("header"));
        SafetensorsWriter.Write(_folder["earlier"], image.Tensors, sums);
        Assert.Equal(7, Read(_folder["earlier"]).Step);
    }

    private CheckpointImage Image()
    {
        using var _ = no_grad();
        // Tensors that are all different, so that one in another's place shows.
        _optimizer.Mean.fill_(0.25);
        _optimizer.Square.fill_(0.5);
        _loss.fill_(1.5);
        var state = new TrainingState { Step = 7, WindowSteps = 3 };
        state.Curve.Add(new LossPoint(4, 2.5));
        return Checkpoint.Take(_identity, state, Parameters, _optimizer, _loss);
    }

    private byte[] Sound()
    {
        Checkpoint.Write(_folder["sound"], Image());
        return File.ReadAllBytes(_folder["sound"]);
    }

    private TrainingState Read(string path) => Checkpoint.Read(path, _identity, _total, Parameters, _optimizer, _loss);

    private string? Refusal(CheckpointImage image)
    {
        Checkpoint.Write(_folder["crafted"], image);
        return Refusal(File.ReadAllBytes(_folder["crafted"]));
    }

    /// <summary>Why it is refused; null when it is taken.</summary>
    private string? Refusal(byte[] bytes)
    {
        File.WriteAllBytes(_folder["damaged"], bytes);
        var error = Record.Exception(() => Read(_folder["damaged"]));
        if (error is null) return null;
        // What an executor answers with "refused", so that the checkpoint before it is tried.
        Assert.True(error is CheckpointException || (error is MalformedFileException malformed && malformed.File == _folder["damaged"]), error.ToString());
        return error.Message;
    }

    private void Check(byte[] bytes, string saved)
    {
        if (Refusal(bytes) is not null) return;
        // Without the header's digest it is like one of an earlier build, whose step nothing vouches for.
        if (bytes.AsSpan().IndexOf("\"header\":"u8) >= 0) Assert.Equal(saved, Saved(Read(_folder["damaged"])));
    }

    private string Saved(TrainingState state) => string.Join(
        '|',
        state.Step, state.WindowSteps, state.ResumedFrom, string.Join(',', state.Curve),
        TensorBytes.Of("p", Parameters).Digest(), TensorBytes.Of("m", _optimizer.Mean).Digest(), TensorBytes.Of("s", _optimizer.Square).Digest(), TensorBytes.Of("l", _loss).Digest());
}
