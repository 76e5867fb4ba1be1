namespace Ptune.WebConsole.Frames;

/// <summary>The colours that a visitor has chosen. They stand in a cookie, so that the first byte of a page is right without a script.</summary>
internal static class Theme
{
    public const string Cookie = "ptune-theme";

    private const string Auto = "auto";

    private static readonly string[] Known = [Auto, "light", "dark"];

    public static string Of(HttpRequest request) => Checked(request.Cookies[Cookie]);

    /// <summary>The one that comes after it when the switch is used.</summary>
    public static string Next(string theme) => Known[(Array.IndexOf(Known, theme) + 1) % Known.Length];

    /// <summary>The theme itself, or the default where there is none of this name.</summary>
    public static string Checked(string? theme) => Known.Contains(theme) ? theme! : Auto;
}
