using System.Globalization;

namespace Ptune.Contracts.Specs;

/// <summary>Lengths of time in a spec: a whole number and s, m, h or d.</summary>
public static class Durations
{
    /// <summary>What such a text looks like.</summary>
    public const string Form = "^[1-9][0-9]{0,5}(s|m|h|d)$";

    /// <summary>How a person is told to write it.</summary>
    public const string Advice = "write a whole number from 1 to 999999 and s, m, h or d, as in 90d";

    /// <summary>The time that a text of that form says; null for null.</summary>
    /// <exception cref="FormatException">It has another form.</exception>
    public static TimeSpan? Parse(string? text) => text is null ? null : text[^1] switch
    {
        's' => TimeSpan.FromSeconds(Number(text)),
        'm' => TimeSpan.FromMinutes(Number(text)),
        'h' => TimeSpan.FromHours(Number(text)),
        'd' => TimeSpan.FromDays(Number(text)),
        _ => throw new FormatException($"'{text}' is not a length of time."),
    };

    private static int Number(string text) => int.Parse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture);
}
