using Ptune.Learning.Models;

namespace Ptune.Learning.Adaptation;

/// <summary>Bottlenecks behind the layers that end a block's two branches: after attention and after the feed-forward part (arXiv 1902.00751).</summary>
internal static class HoulsbyAdapters
{
    private const double _deviation = 1e-3;

    /// <param name="network">Gets a bottleneck on each layer of these names.</param>
    /// <param name="layers">Such as o_proj and down_proj.</param>
    /// <param name="size">Of the bottleneck.</param>
    /// <exception cref="AdapterRefusedException">The network has no such layer.</exception>
    public static AdapterLayout Layout(Network network, ModulePattern layers, int size)
    {
        var names = ModuleNames.Of(network);
        var adapted = network.Linears.Values.Where(layer => layers.Matches(names.Of(layer.Name))).ToList();
        if (adapted.Count == 0) throw new AdapterRefusedException($"{layers.Shown} means no layer of the base.");
        var layout = new AdapterLayout(network);
        foreach (var layer in adapted) layout.AddBottleneck(layer, size, ParameterInits.Normal(_deviation));
        return layout;
    }
}
