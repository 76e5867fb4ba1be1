namespace Ptune.Contracts.Specs.Reading;

/// <summary>
/// Recipes that have a name. <c>recipe: prt-vision</c> stands for all of one, <c>recipe: { like: prt-vision, epochs: 20 }</c> for one with other settings. A name is read as
/// if its settings were written there, so ids and plans hold the settings. A new name is a line here; what a name stands for is never changed.
/// </summary>
internal static class NamedRecipes
{
    /// <summary>The key of the name where more than a name is given.</summary>
    public const string Key = "like";

    private static readonly Dictionary<string, string> Settings = new()
    {
        // arXiv 2502.12776: batches of 128, cosine, 500 of 2,000 steps of warm-up. Images are trained by epochs, whose number depends on how many there are.
        ["prt-vision"] = "learningRate: 0.00001, batchSize: 128, schedule: cosine, warmup: 0.25",
        // arXiv 2502.12776: 2 epochs of the 326,154 texts of Tulu v2 in batches of 128. That a text has 512 tokens is our estimate.
        ["prt-language"] = "learningRate: 0.00002, schedule: linear, warmup: 0.03, steps: 5096, batchTokens: 65536",
    };

    public static IEnumerable<string> Names => Settings.Keys;

    /// <summary>The settings behind a name, without those that <paramref name="own"/> has, and then its own; null: there is no such name.</summary>
    public static MapNode? Expand(ScalarNode name, MapNode? own)
    {
        if (!Settings.TryGetValue(name.Text, out var text)) return null;
        var named = text.Split(", ").Select(setting => setting.Split(": ")).Where(setting => own?.Find(setting[0]) is null).Select(setting => (At(setting[0]), (SpecNode)At(setting[1])));
        return new MapNode([.. named, .. own?.Members.Where(member => member.Key.Text != Key) ?? []], name.Line, name.Column);

        ScalarNode At(string word) => new(word, isPlain: true, name.Line, name.Column);
    }
}
