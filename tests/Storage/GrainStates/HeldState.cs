using System.Diagnostics.CodeAnalysis;

namespace Ptune.Storage.Tests.GrainStates;

/// <summary>What one activation knows of its state.</summary>
internal sealed class HeldState : IGrainState<SampleState>
{
    [AllowNull]
    public SampleState State
    {
        get;
        set => field = value ?? new SampleState();
    } = new();

    public string? ETag { get; set; }

    public bool RecordExists { get; set; }
}
