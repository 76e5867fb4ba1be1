using System.Globalization;
using System.Text;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Carrying;

/// <summary>The command that follows a verdict to carry: with what was asked for, so that it does the same again.</summary>
internal static class CarryNext
{
    /// <param name="order">What was asked for.</param>
    /// <param name="isPatch">A patch, not a reward.</param>
    /// <param name="saved">The name under which it was saved; null: it was not.</param>
    public static string Of(CarryOrder order, bool isPatch, string? saved)
    {
        var weight = order.Weight.ToString("R", CultureInfo.InvariantCulture);
        if (saved is not null) return $"ptune generate {order.Target} {(isPatch ? $"--patch {saved}" : order.Weight == 1 ? $"--reward {saved}" : $"--reward {saved}:{weight}")} --prompt TEXT";
        var command = new StringBuilder($"ptune carry {order.Artifact} --to {order.Target} --data {order.Probe}");
        if (order.General is { } general) command.Append(CultureInfo.InvariantCulture, $" --general {general}");
        if (order.Source is { } source) command.Append(CultureInfo.InvariantCulture, $" --source {source}");
        if (order.Weight != 1) command.Append(CultureInfo.InvariantCulture, $" --weight {weight}");
        if (order.Format is { } format) command.Append(CultureInfo.InvariantCulture, $" --format {TextFormats.WordOf(format)}");
        if (order.MaxTokens != CarryOrder.UsualTokens) command.Append(CultureInfo.InvariantCulture, $" --max-tokens {order.MaxTokens}");
        if (order.Dtype != ComputeType.Float32) command.Append(CultureInfo.InvariantCulture, $" --dtype {Words.Lower(order.Dtype)}");
        foreach (var licence in order.Licences) command.Append(CultureInfo.InvariantCulture, $" --licence {licence}");
        return command.Append(" --save NAME@VERSION").ToString();
    }
}
