namespace Ptune.Contracts.Specs.Reading;

/// <summary>Finds the known word that was probably meant.</summary>
public static class Nearest
{
    /// <summary>Nobody mistypes longer words by a letter, and the distance takes the product of two lengths.</summary>
    private const int LongestWord = 200;

    /// <summary>As many known words are compared; the rest is not looked at.</summary>
    private const int MostKnown = 1_000;

    /// <summary>The known word nearest to <paramref name="word"/> by edit distance, if it is near enough to be a typing error; else null.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        if (word.Length > LongestWord) return null;
        var lower = word.ToLowerInvariant();
        var (best, distance) = known.Take(MostKnown)
            .Where(k => k.Length <= LongestWord && Math.Abs(k.Length - word.Length) <= Slips(k))
            .Select(k => (Word: k, Distance: Distance(lower, k.ToLowerInvariant(), Slips(k))))
            .OrderBy(c => c.Distance).ThenBy(c => c.Word, StringComparer.Ordinal)
            .FirstOrDefault();
        return best is not null && distance <= Slips(best) && distance < best.Length ? best : null;
    }

    private static int Slips(string word) => Math.Max(2, word.Length / 3);

    /// <summary>Edits (insert, delete, replace, swap of neighbours) between two words; any greater number when they are more than <paramref name="most"/>.</summary>
    private static int Distance(string a, string b, int most)
    {
        var (before, last, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            (before, last, row) = (last, row, before);
            var least = row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replace, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }
            // A swap reaches one row further back, but never below that row's least by more than its own edit.
            if (least > most + 1) return int.MaxValue;
        }
        return row[b.Length];
    }
}
