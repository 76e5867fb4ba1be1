using Ptune.Learning.Data.Text;

namespace Ptune.Learning.Transfer.Language;

/// <summary>Networks that answer with labels agree when they have the same labels in the same order, whatever their tokens are.</summary>
internal static class AnswerContract
{
    private const int _named = 20;

    /// <param name="name">What the message calls the network.</param>
    /// <param name="own">The network's labels.</param>
    /// <param name="wanted">The data's; null: the data have no labels.</param>
    /// <exception cref="TransferException">They are others, or in another order.</exception>
    public static void Require(string name, IReadOnlyList<string> own, LabelNames? wanted)
    {
        if (wanted is null) throw new TransferException($"{name} answers with the labels {Shown(own)}, and the data have no labels. Use data of the format textLabel.");
        if (own.SequenceEqual(wanted.Names)) return;
        if (own.Order(StringComparer.Ordinal).SequenceEqual(wanted.Names.Order(StringComparer.Ordinal)))
            throw new TransferException($"{name} has the data's labels in another order: {Shown(own)} and {Shown(wanted.Names)}. Declare the data set's 'labels' in the order of the model.");
        string[] missing = [.. wanted.Names.Except(own)], unknown = [.. own.Except(wanted.Names)];
        throw new TransferException(
            $"{name} has other labels than the data: {Shown(own)} and {Shown(wanted.Names)}.{(missing.Length > 0 ? $" It lacks {Shown(missing)}." : "")}{(unknown.Length > 0 ? $" The data lack {Shown(unknown)}." : "")} Names and order must be equal: declare the data set's 'labels', or take a model with these labels.");
    }

    private static string Shown(IReadOnlyList<string> labels) =>
        $"[{string.Join(", ", labels.Take(_named).Select(Formats.Readable.Text))}{(labels.Count > _named ? $" and {labels.Count - _named} more" : "")}]";
}
