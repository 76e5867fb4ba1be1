using Ptune.Learning.Models.Language;
using Ptune.Learning.Transfer.Language;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.PrtLanguage.Bench;

/// <summary>What is added to a target of the same vocabulary.</summary>
internal static class Carrying
{
    public static CarriedNetwork Of(LanguageNetwork network, double factor)
    {
        var space = TokenSpace.Of("bench", network.Model.Vocabulary, Enumerable.Range(0, (int)network.Model.Vocabulary).Select(id => KeyValuePair.Create($"{id}", (long)id)), 0);
        return new CarriedNetwork(network, factor, TokenContract.Of(space, space, CPU));
    }

    /// <param name="states">Null: what it makes of texts is computed each time.</param>
    public static LanguageNetwork Network(Decoder model, string name, HiddenStateCache? states) => new(model, States: states?.Of(name, ScalarType.Float32));
}
