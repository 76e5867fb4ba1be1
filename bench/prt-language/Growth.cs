using Ptune.Tensors.Bench;

namespace Ptune.PrtLanguage.Bench;

/// <summary>How a reward's step grows with tokens and with the vocabulary: where a figure per unit rises, it is no longer linear.</summary>
internal static class Growth
{
    public static void Report(int rounds)
    {
        foreach (int rows in new[] { 1, 2, 4, 8, 16 }) Step($"{rows} rows of 256 tokens", 4_096, rows, 256, rounds);
        foreach (int tokens in new[] { 64, 1_024, 2_048 }) Step($"1 row of {tokens} tokens", 4_096, 1, tokens, rounds);
        foreach (long vocabulary in new[] { 1_024L, 16_384, 65_536, 131_072 }) Step($"1 row of 256 tokens, vocabulary of {vocabulary}", vocabulary, 1, 256, rounds);
    }

    private static void Step(string title, long vocabulary, int rows, int tokens, int rounds)
    {
        string folder = Directory.CreateTempSubdirectory("ptune-prt-language-").FullName;
        try
        {
            var config = Llama.Config(vocabulary, 128, 3);
            RewardTrainee.Write(config, folder);
            using var trainee = new RewardTrainee(config, RewardTrainee.Cached, folder, Texts.Of(rows, tokens, vocabulary));
            var seconds = Spread.Of(Interleaved.Measure(rounds, 1, () =>
            {
                var before = Environment.CpuUsage.TotalTime;
                trainee.Trainer.TakeStep();
                return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            })[0]);
            Console.WriteLine($"  {title,-45} {seconds.ToString(1000, "F0")} ms, {seconds.Median * 1e6 / (rows * tokens):F0} us a token, {seconds.Median * 1e9 / (rows * tokens) / vocabulary:F1} ns a token and entry");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
