using Xunit.Sdk;

// Each of these tests fills the machine by itself.
[assembly: Parallelization(Mode = ParallelMode.None)]
