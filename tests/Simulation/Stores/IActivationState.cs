namespace Ptune.Simulation.Tests.Stores;

/// <summary>A grain's stored state as its activation has it.</summary>
internal interface IActivationState
{
    Task ReadStateAsync();
}
