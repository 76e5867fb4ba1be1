using System.Net;
using Ptune.Fixtures.Issuer;

namespace Ptune.WebConsole.Tests.Support;

/// <summary>A server in this process that people log in to at an issuer, which is in this process, too.</summary>
public sealed class IssuerConsole : GuardedConsole
{
    public TestIssuer Issuer { get; private set; } = null!;

    protected override string[] Settings =>
    [
        "--Access:Issuers:corp:Authority", Issuer.Url, "--Access:Issuers:corp:Audience", "ptune", "--Access:Issuers:corp:Grants", "ml-red=red/submitter; platform=*/admin", "--Access:Issuers:corp:Label", "Corp & Co",
        "--Access:Issuers:corp:ClientId", TestIssuer.Console, "--Access:Issuers:corp:ClientSecret", TestIssuer.Secret,
    ];

    public override async ValueTask InitializeAsync()
    {
        Issuer = await TestIssuer.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    /// <summary>Where the console sends a visitor who wants to log in at the issuer.</summary>
    public static async Task<Uri> BeginAsync(Visitor visitor, string next = "/")
    {
        using var answer = await visitor.Http.GetAsync($"/login/corp?next={Uri.EscapeDataString(next)}");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location!;
    }

    /// <summary>What the issuer answers a visitor: the way back to the console.</summary>
    public static async Task<Uri> AskAsync(Visitor visitor, Uri authorization)
    {
        using var answer = await visitor.Http.GetAsync(authorization);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location!;
    }

    /// <summary>A visitor who has logged in at the issuer as a person.</summary>
    public async Task<Visitor> EnterAsync(Person person, string next = "/")
    {
        Issuer.Person = person;
        var visitor = NewVisitor();
        using var entered = await visitor.Http.GetAsync(await AskAsync(visitor, await BeginAsync(visitor, next)));
        Assert.Equal(HttpStatusCode.Found, entered.StatusCode);
        Assert.Equal(next, entered.Headers.Location!.ToString());
        return visitor;
    }
}
