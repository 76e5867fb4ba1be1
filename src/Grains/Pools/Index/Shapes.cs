namespace Ptune.Grains.Pools.Index;

/// <summary>One object for equal shapes, for as long as a lane has it.</summary>
internal sealed class Shapes
{
    private readonly Dictionary<Shape, Shape> _known = [];
    private readonly Dictionary<Shape, int> _lanes = new(ReferenceEqualityComparer.Instance);

    public Shape Intern(Shape shape) => _known.GetValueOrDefault(shape) ?? (_known[shape] = shape);

    public void Use(Shape shape) => _lanes[shape] = _lanes.GetValueOrDefault(shape) + 1;

    public void Return(Shape shape)
    {
        if (--_lanes[shape] > 0) return;
        _lanes.Remove(shape);
        _known.Remove(shape);
    }
}
