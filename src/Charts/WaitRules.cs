using Ptune.Contracts.Pools;

namespace Ptune.Charts;

/// <summary>The rules that hold queued jobs, as people read them.</summary>
public static class WaitRules
{
    public static string Text(WaitRule rule) => rule switch
    {
        WaitRule.Next => "next",
        WaitRule.NoWorker => "no worker",
        WaitRule.Needs => "needs",
        WaitRule.Excluded => "excluded workers",
        WaitRule.Drained => "draining workers",
        WaitRule.BackOff => "back-off",
        WaitRule.Quota => "quota",
        WaitRule.Reserved => "reserved",
        WaitRule.Priority => "priority",
        WaitRule.Turn => "turn",
        _ => "busy workers",
    };
}
