using System.Collections.Concurrent;
using System.Reflection;
using Ptune.Simulation.Tests.Machines;

namespace Ptune.Simulation.Tests.Silos;

/// <summary>A method of a grain's interface, called over the network.</summary>
internal abstract class GrainCall
{
    private static readonly ConcurrentDictionary<MethodInfo, GrainCall> s_known = [];

    public static GrainCall Of(MethodInfo method) => s_known.GetOrAdd(method, Make);

    /// <returns>The answer's task, of the method's own type.</returns>
    public abstract Task Send(Machine caller, GrainKey key, object?[] args);

    private static GrainCall Make(MethodInfo method)
    {
        var answer = method.ReturnType == typeof(Task) ? typeof(bool) : method.ReturnType.GenericTypeArguments[0];
        return (GrainCall)Activator.CreateInstance(typeof(GrainCall<>).MakeGenericType(answer), method)!;
    }
}
