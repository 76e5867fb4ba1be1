namespace Ptune.Contracts.Identity;

/// <summary>What a caller may do. Each role may also do what the ones before it may.</summary>
public enum Role
{
    /// <summary>Reads.</summary>
    Viewer = 0,

    /// <summary>Also submits, and handles the jobs that it asked for.</summary>
    Submitter = 1,

    /// <summary>Also handles all jobs, names, keys and sharing of its tenants.</summary>
    Operator = 2,

    /// <summary>Also handles tenants, workers, dead letters and the store. It has all tenants.</summary>
    Admin = 3,
}
