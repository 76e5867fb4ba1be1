using System.Text;
using Ptune.Fixtures.Data;

namespace Ptune.Contracts.Tests.Specs;

/// <summary>Texts made of a corpus by seeded mutations: cut, joined, repeated and sprinkled with what means something in YAML or to a spec.</summary>
internal static class SpecMutations
{
    /// <summary>As large as a request's body may be, or a little larger.</summary>
    private const int Longest = 1_050_000;

    private static readonly string[] _corpus = [Samples.Study, SweepSamples.Sweep, .. HostileSpecs.Names.Select(HostileSpecs.Text)];

    private static readonly string[] _tokens =
    [
        "&a ", "*a", "*a : ", "? ", ": ", "- ", "[", "]", "{", "}", ", ", "\n", "\n---\n", "\n...\n", "%YAML 1.2\n", "!!str ", "!<x> ", "|\n", ">-\n", "\"", "'", "\"\\u0000\"", "\"\\ud83d\"", "\uFEFF", "\u2028",
        "# ", "\t", "  ", "<<: *a\n", "~", "null", "true", "1e999", "-0.0", "9007199254740993", "0x10", ".inf", "kind: Sweep\n", "kind: TransferStudy\n", "apiVersion: ptune/v1\n", "vary: ", "models: ", "seeds: ", "labels: ",
        "scheduling: { logRules: [{ pattern: '(a+)+$', action: doNotRetry }] }\n", "[a-[a-", "(?:", "\\", "@v1", "data.dataset.", "recipe.epochs",
    ];

    public static string Text(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder(Slice(random));
        for (var left = random.Next(1, 12); left > 0 && text.Length < Longest; left--) Mutate(text, random);
        if (text.Length > Longest) text.Length = Longest;
        return text.ToString();
    }

    private static void Mutate(StringBuilder text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(text.Length - at, 1 << random.Next(18));
        switch (random.Next(5))
        {
            case 0: text.Remove(at, length); break;
            case 1: text.Insert(at, Token(random)); break;
            case 2: text.Insert(at, Slice(random)); break;
            case 3: Repeat(text, at, text.ToString(at, length), random); break;
            default: Repeat(text, at, Token(random) + (random.Next(2) == 0 ? Token(random) : ""), random); break;
        }
    }

    /// <summary>From twice to as often as there is room for.</summary>
    private static void Repeat(StringBuilder text, int at, string piece, Random random)
    {
        if (piece.Length == 0) return;
        var most = Math.Max(1, (Longest - text.Length) / piece.Length);
        text.Insert(at, piece, Math.Min(most, 2 << random.Next(20)));
    }

    private static string Token(Random random) => _tokens[random.Next(_tokens.Length)];

    /// <summary>A text of the corpus, or a part of it.</summary>
    private static string Slice(Random random)
    {
        var text = _corpus[random.Next(_corpus.Length)];
        if (random.Next(2) == 0) return text;
        var at = random.Next(text.Length);
        return text.Substring(at, Math.Min(text.Length - at, 1 << random.Next(20)));
    }
}
