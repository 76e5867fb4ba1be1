using System.Reflection;
using Ptune.Simulation.Tests.Machines;

namespace Ptune.Simulation.Tests.Silos;

/// <summary>A reference to a grain.</summary>
#pragma warning disable CA1852 // DispatchProxy derives from it at run time.
internal class GrainProxy : DispatchProxy
#pragma warning restore CA1852
{
    private Machine _caller = null!;
    private GrainKey _key;

    public void Aim(Machine caller, GrainKey key) => (_caller, _key) = (caller, key);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => GrainCall.Of(targetMethod!).Send(_caller, _key, args!);
}
