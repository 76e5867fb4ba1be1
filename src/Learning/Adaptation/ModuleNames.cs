using Ptune.Learning.Models;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Models.Vision;

namespace Ptune.Learning.Adaptation;

/// <summary>
/// What a model's layers are called. Ours are a checkpoint's names; transformers 5 renamed some in memory, and PEFT writes the names of the
/// version that it ran on.
/// </summary>
internal sealed class ModuleNames
{
    private static readonly (string Ours, string Theirs)[] _none = [];

    private static readonly (string, string)[] _vit =
    [
        ("vit.encoder.layer.", "vit.layers."),
        (".attention.attention.query", ".attention.q_proj"),
        (".attention.attention.key", ".attention.k_proj"),
        (".attention.attention.value", ".attention.v_proj"),
        (".attention.output.dense", ".attention.o_proj"),
        (".intermediate.dense", ".mlp.fc1"),
        (".output.dense", ".mlp.fc2"),
    ];

    private static readonly (string, string)[] _neoX = [("embed_out", "lm_head")];

    private readonly (string Ours, string Theirs)[] _renamed;

    private ModuleNames((string, string)[] renamed, string head) => (_renamed, Head) = (renamed, head);

    /// <summary>Our name of the output layer, which "all-linear" leaves out.</summary>
    public string Head { get; }

    public static ModuleNames Of(Network network) => network switch
    {
        Decoder { Config.ModelType: "gpt_neox" } decoder => new(_neoX, decoder.Head.Name),
        CausalLanguageModel model => new(_none, model.Head.Name),
        TextClassifier classifier => new(_none, classifier.Head.Name),
        HfVit vit => new(_vit, vit.Head.Name),
        ImageClassifier => new(_none, ImageClassifier.HeadPrefix.TrimEnd('.')),
        _ => new(_none, ""),
    };

    /// <summary>The names by which an adapter may call a module: that of transformers 5 first, which is what we write.</summary>
    public IReadOnlyList<string> Of(string module)
    {
        string theirs = _renamed.Aggregate(module, (name, pair) => name.Replace(pair.Ours, pair.Theirs, StringComparison.Ordinal));
        return theirs == module ? [module] : [theirs, module];
    }
}
