namespace Ptune.Learning.Evaluation.Language;

/// <summary>Windows over a text that is longer than a model reads at once; every token is scored once.</summary>
internal static class RollingWindows
{
    /// <summary>
    /// As the Language Model Evaluation Harness has them (lm_eval.utils.get_rolling_token_windows and make_disjoint_window): the first window scores
    /// <paramref name="length"/> tokens behind the prefix, each later one up to <paramref name="length"/> - <paramref name="context"/> + 1, and is filled with tokens before them.
    /// </summary>
    /// <param name="tokens">Of the text.</param>
    /// <param name="prefix">Before the text, so that its first token is scored, too: the beginning of sequence.</param>
    /// <param name="length">Tokens that a window reads.</param>
    /// <param name="context">At least so many of them stand before the first that a later window scores, from 1 to <paramref name="length"/>.</param>
    /// <exception cref="LearningException">There is no such length or context.</exception>
    public static IReadOnlyList<TokenWindow> Of(IReadOnlyList<int> tokens, int prefix, int length, int context = 1)
    {
        if (length < 1 || context < 1 || context > length) throw new LearningException($"A window of {length} tokens with a context of {context}: the window has at least 1, and the context from 1 to as many.");
        int[] all = [prefix, .. tokens];
        var windows = new List<TokenWindow>();
        for (int scored = 0; scored < tokens.Count;)
        {
            int count = Math.Min(windows.Count == 0 ? length : length - context + 1, tokens.Count - scored);
            int end = scored + count, begin = Math.Max(end - length, 0);
            windows.Add(new TokenWindow(all[begin..(end + 1)], count));
            scored = end;
        }

        return windows;
    }

    /// <summary>
    /// Windows of <paramref name="length"/> tokens that begin at 0, stride, 2 stride, ... Each scores the tokens that no earlier one did; the text's first token, which nothing stands
    /// before, is not scored.
    /// </summary>
    /// <exception cref="LearningException">The stride is not from 1 to below the length.</exception>
    public static IReadOnlyList<TokenWindow> Strided(IReadOnlyList<int> tokens, int length, int stride)
    {
        if (stride < 1 || stride >= length) throw new LearningException($"Windows of {length} tokens every {stride}: the stride is from 1 to below the window.");
        int[] all = [.. tokens];
        var windows = new List<TokenWindow>();
        for (int begin = 0, scored = 1; scored < all.Length; begin += stride)
        {
            int end = Math.Min(begin + length, all.Length);
            windows.Add(new TokenWindow(all[begin..end], end - scored));
            scored = end;
        }

        return windows;
    }
}
