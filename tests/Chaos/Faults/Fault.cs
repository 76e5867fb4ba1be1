namespace Ptune.Chaos.Tests.Faults;

/// <summary>What is done to a cluster at work.</summary>
internal enum Fault
{
    /// <summary>kill -9 of a worker's supervisor.</summary>
    WorkerKilled,

    /// <summary>kill -9 of an executor: its supervisor lives on.</summary>
    ExecutorKilled,

    /// <summary>kill -9 of one of the two silos.</summary>
    SiloKilled,

    /// <summary>SIGSTOP of a worker and its executor until its job has gone on elsewhere, then SIGCONT.</summary>
    WorkerAsleep,

    /// <summary>SIGSTOP of a silo until the others take it for dead, then SIGCONT.</summary>
    SiloAsleep,

    /// <summary>The broker restarts.</summary>
    BrokerRestarted,

    /// <summary>All connections to the broker are cut, and none can be made for some seconds.</summary>
    BrokerCutOff,

    /// <summary>The store of states, rows and blobs restarts.</summary>
    StoreRestarted,

    /// <summary>A silo is told to leave (SIGTERM), and another takes its place.</summary>
    SiloReplaced,
}
