using System.Text.RegularExpressions;
using ScalarRestore.Engine.Values.Endpoints;

namespace ScalarRestore.Engine.Values.Plans;

/// <summary>Refuses a plan that would leave an endpoint where it is. That there is only one endpoint is never a reason to take it.</summary>
internal static partial class ValuesCheck
{
    /// <summary>Requires that each change is found in what products read: to be made now, or made already.</summary>
    /// <exception cref="RestoreException"><c>PlaceholderUnresolved</c>, <c>EndpointOnlyCommented</c>, <c>EndpointNotFound</c>.</exception>
    public static void RequireAll(ValuesPlan plan, IReadOnlyList<EndpointMove> moves)
    {
        foreach (var move in moves.Where(move => !plan.Points.Any(point => point.Follows.Contains(move))))
        {
            throw plan.Points.FirstOrDefault(point => point.Unresolved.Count > 0) is { } open
                ? Unresolved(open, move, plan)
                : NotFound(plan, move);
        }
    }

    /// <summary>The fault for a contact point that is fed by something that is not known.</summary>
    public static RestoreException Unresolved(FoundPoint point, EndpointMove move, ValuesPlan plan)
    {
        var variables = string.Join(", ", point.Unresolved.Distinct(StringComparer.Ordinal));
        var secret = point.Profile?.SecretNameKey is { } key && SecretName(plan, key) is { } name ? $"the Secret '{name}' ({key})" : "a Secret or the pod's environment";
        return new RestoreException(
            "PlaceholderUnresolved",
            FaultCategory.InvalidOperation,
            $"{point.Place}: the endpoint comes from {variables}, which {secret} feeds.",
            point.Place.Source,
            $"Change {variables} there from {move.Old} to {move.New}, or let it be changed: run the command again with -UpdateSecret. Nothing was changed.");
    }

    private static RestoreException NotFound(ValuesPlan plan, EndpointMove move)
    {
        if (plan.Points.Count == 0 && (plan.Commented.Count > 0 ? plan.Commented[0] : CommentedKey(plan)) is { } commented)
        {
            return new RestoreException(
                "EndpointOnlyCommented",
                FaultCategory.ObjectNotFound,
                $"{commented}: the contact points are commented out here, and no line beside them is active.",
                commented.Source,
                "Take the '#' away from the lines that are meant, or name the values file that the release really uses. Nothing was changed.");
        }

        if (plan.Points.Count > 0)
        {
            var others = string.Join("; ", plan.Points.Take(5).Select(point => $"{point.Place}: '{point.Shown}'"));
            return new RestoreException(
                "EndpointNotFound",
                FaultCategory.ObjectNotFound,
                $"{others}. None of these is the old endpoint {move.Old}, and another is never taken in its place.{Elsewhere(plan, move)}",
                plan.Points[0].Place.Source,
                "Check -OldEndpoint and the file; Get-ScalarWorkload shows the endpoint that each release uses. Nothing was changed.");
        }

        var files = string.Join(", ", plan.Sources.Select(source => source.Document.Source.Name));
        return new RestoreException(
            "EndpointNotFound",
            FaultCategory.ObjectNotFound,
            $"There is no contact point in {files}: none of the values and properties in which Scalar's charts name a database.{Elsewhere(plan, move)}",
            files,
            "Name the values file that the release is installed with, or use -FromRelease. Nothing was changed.");
    }

    // The endpoint may stand in a comment, in a file that a later one overrides, or in a second document.
    private static string Elsewhere(ValuesPlan plan, EndpointMove move)
    {
        foreach (var source in plan.Sources)
        {
            var at = source.Document.Source.Text.IndexOf(move.Old.Host, StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
                return $" It occurs in {source.Document.Source.Name}, line {source.Document.Place(at).Line}, but not where a product reads it: a comment, a file that a later one overrides, a second document, or another key.";
        }

        return "";
    }

    private static ValuePlace? CommentedKey(ValuesPlan plan)
    {
        foreach (var document in plan.Sources.Select(source => source.Document))
        {
            if (Commented().Match(document.Source.Text) is { Success: true } match)
            {
                var (line, column) = document.Place(match.Groups["mark"].Index);
                return new ValuePlace(document.Source.Name, line, column, match.Groups["key"].Value, null);
            }
        }

        return null;
    }

    private static string? SecretName(ValuesPlan plan, string key) =>
        plan.Sources.Reverse().Select(source => source.Document.Find(key)?.Text).FirstOrDefault(text => text is { Length: > 0 });

    [GeneratedRegex(
        @"^[ \t]*(?<mark>#)[# \t]*(?<key>contactPoints|dbContactPoints|scalar\.db\.contact_points)[ \t]*[:=]",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex Commented();
}
