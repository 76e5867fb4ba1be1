using Microsoft.Extensions.Time.Testing;
using Ptune.Contracts.Audit;
using Ptune.Silo.Audit;

namespace Ptune.Silo.Tests.Audit;

public sealed class RefusalLedgerTests
{
    private static readonly AuditStamp s_mallory = new("mallory", null, null, "192.0.2.9", "r");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Take_EqualRefusals_AreOneRowWithTheirNumber()
    {
        var ledger = new RefusalLedger(_time);
        for (var i = 0; i < 1000; i++) ledger.Note(Key("GET /v1/jobs", 401), s_mallory);
        ledger.Note(Key("POST /v1/jobs", 403), s_mallory);
        var rows = ledger.Take().Select(r => r.Entry).ToArray();
        Assert.Equal([("login.refuse", "GET /v1/jobs", "401", 1000), ("request.refuse", "POST /v1/jobs", "403", 1)], rows.Select(r => (r.What, r.Target, r.After, r.Count)));
        Assert.All(rows, r => Assert.Equal(("mallory", AuditOutcome.Refused), (r.By.Who, r.Outcome)));
        Assert.Empty(ledger.Take());
    }

    [Fact]
    public void Take_FloodOfKinds_IsFewRowsAndLosesNoNumber()
    {
        var ledger = new RefusalLedger(_time);
        for (var i = 0; i < 50_000; i++) ledger.Note(Key($"GET /{i}", 401), s_mallory);
        var rows = ledger.Take().Select(r => r.Entry).ToArray();
        Assert.Equal(RefusalLedger.MostKinds + 1, rows.Length);
        Assert.Equal(50_000, rows.Sum(r => r.Count));
        Assert.Equal("others", rows[^1].By.Who);
    }

    [Fact]
    public void Take_SoonAgain_WaitsUnlessForced()
    {
        var ledger = new RefusalLedger(_time);
        ledger.Note(Key("GET /a", 401), s_mallory);
        Assert.Single(ledger.Take());
        ledger.Note(Key("GET /b", 401), s_mallory);
        Assert.Empty(ledger.Take());
        Assert.Single(ledger.Take(isForced: true));
        ledger.Note(Key("GET /c", 401), s_mallory);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(ledger.Take());
    }

    private static RefusalKey Key(string request, int status) => new(AuditChains.System, "mallory", "192.0.2.9", status, request);
}
