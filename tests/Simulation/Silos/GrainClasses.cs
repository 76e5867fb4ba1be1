using Orleans;

namespace Ptune.Simulation.Tests.Silos;

/// <summary>Which production class stands behind a grain's interface.</summary>
internal static class GrainClasses
{
    private static readonly Dictionary<Type, Type> s_classes = Find();

    public static Type Of(Type grainInterface) => s_classes[grainInterface];

    private static Dictionary<Type, Type> Find()
    {
        var found = new Dictionary<Type, Type>();
        foreach (var type in typeof(Grains.Jobs.JobGrain).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(Grain))))
        {
            foreach (var face in type.GetInterfaces().Where(i => i != typeof(IGrainWithStringKey) && i.IsAssignableTo(typeof(IGrainWithStringKey)))) found[face] = type;
        }
        return found;
    }
}
