using Xunit.Sdk;
using Xunit.v3;

// Live tensors are counted for the whole process, and so are threads: one test at a time.
[assembly: Parallelization(Mode = ParallelMode.None)]
