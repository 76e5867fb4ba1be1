using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Ptune.Contracts.Stores;
using Ptune.WebConsole.Endpoints;
using Ptune.WebConsole.Figures;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Security;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole;

/// <summary>
/// The console: pages that the server renders whole, without a session. Whoever hosts it registers what <c>Sources</c> asks for, and any silo answers any request.
/// </summary>
public static class ConsoleSetup
{
    /// <summary>Call it before the problem responses are registered: in a browser, problems are pages.</summary>
    public static void AddWebConsole(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddDataProtection().SetApplicationName("ptune");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = new BlobKeys(provider.GetRequiredService<IBlobStore>())));
        services.AddAntiforgery(options =>
        {
            options.Cookie = new CookieBuilder { Name = "ptune-forms", HttpOnly = true, SameSite = SameSiteMode.Strict, SecurePolicy = CookieSecurePolicy.SameAsRequest, Path = "/", IsEssential = true };
            options.FormFieldName = "form";
            options.HeaderName = null;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddSingleton<IProblemDetailsWriter, ProblemPages>();
        services.AddSingleton<PageFrames>().AddSingleton<RowPages>().AddSingleton<JobFigures>().AddSingleton<LineageReader>();
    }

    /// <summary>Maps all pages; the builder that is returned stands for all of them.</summary>
    public static RouteGroupBuilder MapWebConsole(this IEndpointRouteBuilder app)
    {
        // What a browser needs to show any page, also one that asks for a login.
        app.MapGet(AssetFiles.Route, AssetFiles.Get).AddEndpointFilter(PageHeaders.Filter).ExcludeFromDescription();
        var pages = app.MapGroup("").AddEndpointFilter(PageHeaders.Filter).AddEndpointFilter(FormGuard.Filter).ExcludeFromDescription();
        OverviewPages.Map(pages);
        JobPages.Map(pages);
        JobActionPages.Map(pages);
        StudyPages.Map(pages);
        SweepPages.Map(pages);
        GraphActionPages.Map(pages);
        ModelPages.Map(pages);
        WorkerPages.Map(pages);
        DeadLetterPages.Map(pages);
        SubmitPages.Map(pages);
        KeyPages.Map(pages);
        TenantPages.Map(pages);
        AuditPages.Map(pages);
        LoginPages.Map(pages);
        ChoicePages.Map(pages);
        LiveStreams.Map(pages);
        return pages;
    }
}
