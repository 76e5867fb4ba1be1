using System.Globalization;
using System.Text;
using Ptune.Learning.Models.HuggingFace;

namespace Ptune.Learning.Porting;

/// <summary>The model card of a model with rewards beside it.</summary>
internal static class PortCard
{
    public static string Of(PretrainedFolder folder, string name, IReadOnlyList<PortedReward> rewards)
    {
        string licence = ModelCard.Licence(folder.Files) ?? "unknown";
        var card = new StringBuilder();
        card.Append(CultureInfo.InvariantCulture, $"""
            ---
            license: {licence}
            library_name: transformers
            pipeline_tag: text-generation
            ---
            # {name} with {(rewards.Count == 1 ? "a reward" : $"{rewards.Count} rewards")}

            A language model and {(rewards.Count == 1 ? "a reward" : "rewards")} that {(rewards.Count == 1 ? "was" : "were")} tuned beside another model, to be used together without further training
            ([Portable Reward Tuning](https://arxiv.org/abs/2502.12776)). The next token is drawn from

                softmax(log_softmax(base) + sum of weight * reward / lambda)

            `base/` is {name} ({folder.Config.ModelType}, {folder.Config.Parameters.Sum(parameter => parameter.Elements):N0} parameters), unchanged. It loads by itself, without the rewards.

            | folder | reward | weight | lambda | trained as | tokens of the base without a reward |
            | --- | --- | --- | --- | --- | --- |

            """);
        foreach (var reward in rewards)
            card.Append(CultureInfo.InvariantCulture, $"| `{reward.Folder}/` | {Cell(reward.Name)} | {reward.Weight:R} | {reward.Lambda:R} | {(reward.Method == "lora" ? "LoRA, merged here with its source" : "a whole network")} | {reward.WithoutReward:N0} |\n");
        card.Append(CultureInfo.InvariantCulture, $"""

            ## Use

                pip install torch transformers
                python3 generate.py "Once upon a time" --max-tokens 40
                python3 generate.py "What is a lien?" --chat --temperature 0.7 --top-p 0.9 --seed 1

            `generate.py` runs all networks with a cache of keys and values each; it needs no network connection. Every reward is one more network to run for each token. `rewards.json` holds the table above: a weight
            that is changed there counts at the next run.

            ## Licence

            The base's model card says: {licence}. What rewards were trained on may have terms of its own.

            """);
        return card.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
