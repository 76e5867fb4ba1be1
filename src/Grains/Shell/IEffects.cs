namespace Ptune.Grains.Shell;

/// <summary>How a grain performs what its state asks for.</summary>
internal interface IEffects
{
    /// <summary>True for effects on stores, which call no grain. They are performed in order before the command is answered.</summary>
    bool IsOnStores(Effect effect);

    /// <summary>Performs it. False when its turn has not come: it stays.</summary>
    Task<bool> PerformAsync(Effect effect);
}
