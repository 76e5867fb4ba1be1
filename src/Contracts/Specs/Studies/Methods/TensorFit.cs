using System.Text.RegularExpressions;
using Ptune.Contracts.Carrying;
using Ptune.Contracts.Estimates;

namespace Ptune.Contracts.Specs;

/// <summary>Whether what was learnt on one model of a study has the shapes of another, as far as the spec tells, or what is stored.</summary>
public static class TensorFit
{
    private const string Weight = ".weight";
    private const int Named = 10;

    /// <summary>Why what a method takes from a source cannot go to a target; null: it can, or that is not known before the models are read.</summary>
    public static string? Of(LanguageStudySpec study, StudyPair pair, Carried carried) => !carried.HasTensors ? null : Compare(
        study, pair, (spec, name) => carried.Layers is { } layers
            ? DecoderTensors.Linears(spec).Where(tensor => Covers(layers, tensor.Key[..^Weight.Length])).ToDictionary()
            : DecoderTensors.Of(spec, study.TokenizerOf(name)?.Vocabulary));

    /// <summary>Of a stored model's tensors those of its blocks that count: all, or the weights of the layers that deltas hang on. Embeddings and heads may be tied or padded, so the job compares them.</summary>
    public static IReadOnlyCollection<string> Of(TensorShapes model, Carried carried) =>
    [
        .. from tensor in model.ByName
           where IsInBlock(tensor.Key)
           where carried.Layers is not { } layers || (tensor.Value.Length == 2 && tensor.Key.EndsWith(Weight, StringComparison.Ordinal) && Covers(layers, tensor.Key[..^Weight.Length]))
           select tensor.Key,
    ];

    private static string? Compare(LanguageStudySpec study, StudyPair pair, Func<DecoderSpec, string, IReadOnlyDictionary<string, long[]>> tensors)
    {
        if (pair.Source is not { } source) return null;
        if (study.TokenizerOf(source)?.File.Sha256 is { } one && study.TokenizerOf(pair.Target)?.File.Sha256 is { } another && one != another)
            return $"{source} and {pair.Target} have different tokenizers.";
        if (study.ArchitectureOf(source) is not DecoderSpec { Heads: > 0 } from || study.ArchitectureOf(pair.Target) is not DecoderSpec { Heads: > 0 } to) return null;
        var (own, other) = (tensors(from, source), tensors(to, pair.Target));
        var misfits = own.Keys.Union(other.Keys).Where(name => !IsSame(own.GetValueOrDefault(name), other.GetValueOrDefault(name))).ToArray();
        if (misfits.Length == 0) return null;
        var first = misfits.Take(Named).Select(name => $"{name} ({source}: {Shown(own.GetValueOrDefault(name))}, {pair.Target}: {Shown(other.GetValueOrDefault(name))})");
        return $"{misfits.Length:N0} {(misfits.Length == 1 ? "tensor does" : "tensors do")} not fit{(misfits.Length > Named ? $"; the first {Named}" : "")}: {string.Join("; ", first)}.";
    }

    // 0 stands for a vocabulary that is not known yet.
    private static bool IsSame(long[]? one, long[]? other) =>
        one is not null && other is not null && one.Length == other.Length && one.Zip(other).All(pair => pair.First == pair.Second || pair.First == 0 || pair.Second == 0);

    private static string Shown(long[]? shape) => shape is null ? "none" : $"[{string.Join(", ", shape)}]";

    /// <summary>Blocks are numbered in the names of their tensors.</summary>
    private static bool IsInBlock(string tensor) => tensor.Split('.').Any(part => part.Length > 0 && part.All(char.IsAsciiDigit));

    private static bool Covers(string targets, string module)
    {
        if (targets == LoraMethod.AllLinear) return true;
        var names = targets.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length > 0 && names.All(name => name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '.')))
            return names.Any(name => module == name || module.EndsWith($".{name}", StringComparison.Ordinal));
        try
        {
            return new Regex($"^(?:{targets})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant).IsMatch(module);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            // The job that tunes refuses it.
            return true;
        }
    }
}
