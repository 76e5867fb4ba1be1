using System.CommandLine;

namespace Ptune.Cli.FileCommands;

/// <summary>The options of commands that add rewards to a model.</summary>
internal static class RewardOptions
{
    public static Option<string[]> Rewards()
    {
        var option = new Option<string[]>("--reward") { Description = "A reward that is added to the model, a folder or in the store, and its weight after the last colon (default: 1), such as tone@v3:0.8. May be repeated.", HelpName = "REWARD[:WEIGHT]" };
        option.Validators.Add(result =>
        {
            var words = result.Tokens.Select(token => token.Value).ToList();
            foreach (var word in words)
                if (RewardWord.Parse(word).Problem is { } problem) result.AddError(problem);
            if (words.Select(word => RewardWord.Parse(word).Reference).GroupBy(word => word).FirstOrDefault(group => group.Count() > 1) is { Key: var twice })
                result.AddError($"--reward names '{twice}' twice: name it once, with the sum of its weights.");
        });
        return option;
    }

    public static Option<string[]> Sources() => new("--reward-source")
    {
        Description = "The model that a LoRA reward was tuned on. Default: the recorded one in the store; of folders MODEL itself, where it has the same weights. May be repeated.",
        HelpName = "MODEL",
    };
}
