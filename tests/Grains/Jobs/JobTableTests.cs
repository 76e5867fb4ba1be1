using Ptune.Contracts.Jobs;

namespace Ptune.Grains.Tests.Jobs;

/// <summary>Every status under every command. A dash: refused, and nothing changed.</summary>
public sealed class JobTableTests
{
    private const string Table = """
        .           submit     cancel      cancelAll   lease   beat        complete   fail       invalid    release    sweep       late        suspend     resume     retry      preempt
        None        Queued     None        None        -       -           -          -          -          -          None        None        None        None       None       None
        Submitted   Submitted  Cancelled   Cancelled   -       -           -          -          -          -          Queued      Queued      Suspended   Submitted  Submitted  Submitted
        Queued      Queued     Cancelled   Cancelled   Leased  -           -          -          -          -          Queued      Queued      Suspended   Queued     Queued     Queued
        Leased      Leased     Cancelling  Cancelling  -       Running     Succeeded  Queued     Failed     Queued     Leased      Queued      Suspending  Leased     Leased     Suspending
        Running     Running    Cancelling  Cancelling  -       Running     Succeeded  Queued     Failed     Queued     Running     Queued      Suspending  Running    Running    Suspending
        Cancelling  Running    Cancelling  Cancelling  -       Cancelling  Succeeded  Cancelled  Cancelled  Cancelled  Cancelling  Cancelled   Cancelling  Cancelling Running    Cancelling
        Suspending  Suspending Cancelling  Cancelling  -       Suspending  Succeeded  Suspended  Failed     Suspended  Suspending  Suspended   Suspending  Running    Suspending Suspending
        Preempted   Suspending Cancelling  Cancelling  -       Suspending  Succeeded  Queued     Failed     Queued     Suspending  Queued      Suspending  Suspending Suspending Suspending
        Suspended   Suspended  Cancelled   Cancelled   -       -           -          -          -          -          Suspended   Suspended   Suspended   Queued     Suspended  Suspended
        Succeeded   Succeeded  Succeeded   Succeeded   -       -           Succeeded  -          -          -          Succeeded   Succeeded   Succeeded   Succeeded  Succeeded  Succeeded
        Failed      Queued     Failed      Failed      -       -           -          -          -          -          Failed      Failed      Failed      Failed     Queued     Failed
        Cancelled   Queued     Cancelled   Cancelled   -       -           -          -          -          -          Cancelled   Cancelled   Cancelled   Cancelled  Queued     Cancelled
        """;

    public static TheoryData<string, string, string> Cells()
    {
        var rows = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var data = new TheoryData<string, string, string>();
        foreach (var row in rows.Skip(1))
        {
            for (var i = 1; i < row.Length; i++) data.Add(row[0], rows[0][i], row[i]);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Command_AtStatus_LeadsWhereTheTableSays(string status, string command, string expected)
    {
        var job = JobDriver.At(status);
        // A preempted job is a suspending one with another cause.
        if (status == "Preempted") status = "Suspending";
        Assert.Equal(status, job.State?.Status.ToString() ?? "None");
        var before = job.State;

        var isTaken = Do(job, command);

        Assert.Equal(expected == "-" ? status : expected, job.State?.Status.ToString() ?? "None");
        Assert.Equal(expected != "-", isTaken);
        if (!isTaken) Assert.Same(before, job.State);
        if (before is not null && !ReferenceEquals(before, job.State)) Assert.True(job.State!.Version > before.Version);
        if (before is not null && job.State!.Status != before.Status) Assert.Equal(job.State.Status, job.State.Timeline[^1].Status);
        Assert.Equal(job.State?.Status.IsHeld ?? false, job.State?.LeaseExpires is not null);
        Assert.Equal(job.State?.Status.IsFinal ?? false, job.State?.Ended is not null);
    }

    private static bool Do(JobDriver job, string command)
    {
        switch (command)
        {
            case "submit": job.Submit("bob"); return true;
            case "cancel": job.Cancel("ann"); return true;
            case "cancelAll": job.Cancel(null); return true;
            case "sweep": job.Sweep(); return true;
            case "late": job.Late(); return true;
            case "suspend": job.Suspend(); return true;
            case "resume": job.Resume(); return true;
            case "retry": job.Retry(); return true;
            case "preempt": job.Preempt(); return true;
            case "lease": return job.Lease().Lease is not null;
            case "beat": return job.Beat(2) != HeartbeatReply.Fenced;
            case "complete": return job.Complete() == AttemptReply.Accepted;
            case "fail": return job.Fail(FailureCause.Infrastructure) == AttemptReply.Accepted;
            case "invalid": return job.Fail(FailureCause.Invalid) == AttemptReply.Accepted;
            case "release": return job.Release() == AttemptReply.Accepted;
            default: throw new ArgumentException(command);
        }
    }
}
