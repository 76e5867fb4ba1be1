using System.Collections.Concurrent;
using System.Text.Json;

namespace Ptune.Contracts.Specs;

/// <summary>The formats of records: those of <see cref="TextFormat"/>, and those that other assemblies have added, whose workers read them.</summary>
public static class TextFormats
{
    /// <summary>The least number of a format that is added: it is stored, so it must never be one of the product's own.</summary>
    public const int LeastAdded = 1000;

    private static readonly ConcurrentDictionary<TextFormat, AddedTextFormat> s_added = new();

    /// <summary>All of them, the product's own first.</summary>
    public static IReadOnlyList<TextFormat> All => [.. Enum.GetValues<TextFormat>(), .. s_added.Keys.Order()];

    /// <summary>Adds a format, before the first spec is read or written.</summary>
    /// <param name="format">Its number, the same in all programs, at least <see cref="LeastAdded"/>.</param>
    /// <param name="added">What is known of it.</param>
    /// <exception cref="ArgumentException">The number or the word is taken, or the shape is not one of the product's own.</exception>
    public static void Add(TextFormat format, AddedTextFormat added)
    {
        if ((int)format < LeastAdded || !Enum.IsDefined(added.Shape) || Named(added.Word) is not null || !s_added.TryAdd(format, added))
            throw new ArgumentException($"'{added.Word}' with the number {(int)format} cannot be added: a number or word of its own is needed, and a shape of the product's.", nameof(format));
    }

    /// <summary>Null for the product's own.</summary>
    public static AddedTextFormat? Added(TextFormat format) => s_added.GetValueOrDefault(format);

    /// <summary>The product's own format whose records these are once they are read.</summary>
    public static TextFormat ShapeOf(TextFormat format) => Added(format)?.Shape ?? format;

    /// <summary>What a spec says.</summary>
    public static string WordOf(TextFormat format) => Added(format)?.Word ?? JsonNamingPolicy.CamelCase.ConvertName(format.ToString());

    /// <summary>Null where no format has the word.</summary>
    public static TextFormat? Named(string word) => All.Where(format => WordOf(format) == word).Select(format => (TextFormat?)format).FirstOrDefault();
}
