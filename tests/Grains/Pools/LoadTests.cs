using CsCheck;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Workers;
using Ptune.Grains.Hosting;
using Ptune.Grains.Pools;
using Ptune.Grains.Pools.Policies;

namespace Ptune.Grains.Tests.Pools;

/// <summary>
/// A pool under any load: jobs of several tenants, priorities and needs come, run, fail and back off, are driven out and end, on workers that come and drain. At each choice a plain
/// model, which walks over all jobs, says whether it was allowed.
/// </summary>
public sealed class LoadTests
{
    private const int Quota = 2;
    private static readonly JobsOptions _options = new() { Tenants = { ["a"] = new TenantOptions { MaxRunning = Quota }, ["b"] = new TenantOptions { Weight = 3 } } };

    [Fact]
    public void Take_AnyLoad_KeepsEveryRuleAndLosesNoJob() => Gen.Int.Sample(seed => new Load(seed).Run(), iter: 300);

    /// <summary>A waiting job refuses one place of two that are freed at once, and the victim goes back to the other: its worker has more executors than the one that is kept.</summary>
    [Fact]
    public void Take_WaitingJobWentIntoBackOffOnTheWay_KeepsEveryRule() => new Load(-1352710).Run();

    private sealed class Load(int seed)
    {
        private static readonly (string Id, string Device, double Memory)[] _workers = [("small", "cpu", 4), ("big", "cpu", 16), ("gpu", "cuda:0", 16)];

        private readonly Random _random = new(seed);
        private readonly PoolScheduler _pool = new("default", new SchedulingRules(_options));
        private readonly Dictionary<string, QueuedJob> _waiting = [];
        private readonly Dictionary<string, (QueuedJob Job, string Worker)> _running = [];
        private DateTimeOffset _now = Sample.Noon;
        private string? _draining;
        private int _made;

        public void Run()
        {
            for (var step = 0; step < 400; step++) Act();
            _draining = null;
            for (var step = 0; _waiting.Count + _running.Count > 0; step++)
            {
                Assert.True(step < 5000, $"{_waiting.Count} jobs starve (seed {seed})");
                _now += TimeSpan.FromMinutes(1);
                foreach (var worker in _workers) Hear(worker.Id);
                if (_running.Count > 0) End();
                foreach (var worker in _workers) Ask(worker.Id);
            }
            Assert.Equal((0, 0), (_pool.Queued, _pool.Leased));
        }

        private void Act()
        {
            _now += TimeSpan.FromSeconds(_random.Next(40));
            foreach (var worker in _workers) Hear(worker.Id);
            switch (_random.Next(10))
            {
                case < 3: Submit(); break;
                case < 6: Ask(_workers[_random.Next(_workers.Length)].Id); break;
                case 6: End(); break;
                case 7: Fail(); break;
                case 8: Preempt(); break;
                default:
                    _draining = _random.Next(3) == 0 ? _workers[_random.Next(_workers.Length)].Id : null;
                    foreach (var worker in _workers) Hear(worker.Id);
                    break;
            }
        }

        private void Submit()
        {
            Needs? needs = _random.Next(4) switch
            {
                0 => new Needs { MemoryGiB = _random.Next(1, 17) },
                1 => new Needs { Device = DeviceKind.Cuda, MemoryGiB = 4 },
                _ => null,
            };
            Wait(new QueuedJob($"{_made++:000}", ((char)('a' + _random.Next(3))).ToString(), 100 * _random.Next(4), _now, [], Needs: needs));
        }

        private void Ask(string worker)
        {
            var place = _workers.Single(w => w.Id == worker);
            if (_pool.Take(new AcquireRequest(worker, place.Device, [], place.Memory), _now) is not { } job) return;
            Assert.True(_waiting.Remove(job.JobId), $"{job.JobId} was given twice (seed {seed})");
            Assert.True(Fits(job, worker), $"{job.JobId} does not fit {worker} (seed {seed})");
            Assert.True(worker != _draining, $"{worker} drains (seed {seed})");
            Assert.DoesNotContain(_waiting.Values, other => Fits(other, worker) && Effective(other) > Effective(job));
            if (_random.Next(20) == 0)
            {
                _pool.Refused(job.JobId);
                Wait(job with { NotBefore = _now.AddSeconds(10) });
                return;
            }
            _pool.Granted(job.JobId);
            _running.Add(job.JobId, (job, worker));
            Assert.InRange(_running.Values.Count(r => r.Job.Tenant == "a"), 0, Quota);
        }

        private void End()
        {
            if (AnyRunning() is { } id && _running.Remove(id)) _pool.Remove(id, _now);
        }

        private void Fail()
        {
            if (AnyRunning() is { } id && _running.Remove(id, out var failed)) Wait(failed.Job with { NotBefore = _now.AddSeconds(_random.Next(1, 120)) });
        }

        /// <summary>The victims give their places up at once.</summary>
        private void Preempt()
        {
            var moves = _pool.Preempt(_now);
            foreach (var (victim, waiting) in moves)
            {
                _running.Remove(victim.JobId, out var left);
                Assert.True(_waiting[waiting.JobId].Priority - left.Job.Priority >= _options.PreemptionGap, $"the gap is too small (seed {seed})");
                Wait(left.Job);
            }
            foreach (var (victim, waiting) in moves)
            {
                var worker = victim.Seat!.Value.WorkerId;
                // Another job of its tenant may have used the quota up: then its place is free for all. One that was given a place already and refused it is in
                // back-off: one executor is kept for it, and the worker's others go on.
                if (_random.Next(2) == 0 || (waiting.Lane.Account.Name == "a" && _running.Values.Count(r => r.Job.Tenant == "a") == Quota) || IsInBackOff(waiting.JobId)) continue;
                Ask(worker);
                var isBack = _running.TryGetValue(victim.JobId, out var again) && again.Worker == worker;
                Assert.False(isBack && _waiting.ContainsKey(waiting.JobId), $"the victim got its place back (seed {seed})");
            }
        }

        private bool IsInBackOff(string jobId) => _waiting.TryGetValue(jobId, out var job) && job.NotBefore > _now;

        private void Wait(QueuedJob job)
        {
            _waiting[job.JobId] = job;
            _pool.Enqueue(job);
        }

        private void Hear(string worker)
        {
            var place = _workers.Single(w => w.Id == worker);
            string[] jobs = [.. _running.Where(r => r.Value.Worker == worker).Select(r => r.Key)];
            _pool.Hear(Queued.View(worker, 4, place.Device.Split(':')[0], place.Memory, worker == _draining ? WorkerOrder.Drain : WorkerOrder.Work, jobs), _now);
        }

        private string? AnyRunning() => _running.Count == 0 ? null : _running.Keys.ElementAt(_random.Next(_running.Count));

        /// <summary>Whether the job may start on the worker now, whatever else waits.</summary>
        private bool Fits(QueuedJob job, string worker)
        {
            var place = _workers.Single(w => w.Id == worker);
            var used = _running.Values.Where(r => r.Worker == worker).Sum(r => r.Job.Needs?.MemoryGiB ?? 0);
            return (job.NotBefore is not { } due || due <= _now)
                && (job.Needs?.Device is not { } device || place.Device.StartsWith(device.ToString(), StringComparison.OrdinalIgnoreCase))
                && (job.Needs?.MemoryGiB is not { } memory || used + memory <= place.Memory)
                && (job.Tenant != "a" || _running.Values.Count(r => r.Job.Tenant == "a") < Quota);
        }

        private int Effective(QueuedJob job) =>
            job.Priority + (int)Math.Min(_options.AgeingBound, Math.Floor((_now - job.Created) / _options.AgeingInterval) * _options.AgeingStep);
    }
}
