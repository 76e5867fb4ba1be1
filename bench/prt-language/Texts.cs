using Ptune.Learning.Data;
using Ptune.Learning.Data.Text.Tokens;

namespace Ptune.PrtLanguage.Bench;

/// <summary>Random tokens; all but the first of a row are predicted.</summary>
internal static class Texts
{
    public static IReadOnlyList<EncodedExample> Of(int rows, int tokens, long vocabulary)
    {
        var random = new SplitMix64(1);
        bool[] trained = new bool[tokens];
        Array.Fill(trained, true);
        var all = new List<EncodedExample>();
        for (int row = 0; row < rows; row++)
        {
            int[] ids = new int[tokens];
            for (int i = 0; i < ids.Length; i++) ids[i] = random.NextBelow((int)vocabulary);
            all.Add(new EncodedExample(ids, trained));
        }

        return all;
    }
}
