namespace Ptune.Grains.Shell;

/// <summary>How a grain performs what its state asks for.</summary>
internal interface IEffects
{
    /// <summary>True for effects on stores, which call no grain. They are performed in order before the command is answered.</summary>
    bool IsOnStores(Effect effect);

    /// <summary>True for an effect that calls a grain which may ask the stores at once: its turn comes when they have been told.</summary>
    bool FollowsStores(Effect effect);

    /// <summary>Performs it. False when its turn has not come: it stays.</summary>
    Task<bool> PerformAsync(Effect effect);
}
