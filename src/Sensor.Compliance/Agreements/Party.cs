using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>A jurisdiction that signs: province, city or county.</summary>
/// <param name="Id">Its id, <c>[a-z0-9-]{1,32}</c>.</param>
/// <param name="Role">Whether the water comes from it or goes to it.</param>
/// <param name="Name">Its name.</param>
public sealed record Party(string Id, PartyRole Role, LocalText Name)
{
    private static readonly string[] Roles = ["upstream", "downstream", "other"];

    internal static Party Read(StrictObject json)
    {
        var party = new Party(
            json.Text("id", Names.IsLowerId, "an id of lower-case letters, digits and -"),
            (PartyRole)Array.IndexOf(Roles, json.Word("role", Roles)),
            LocalText.Read(json.Child("name")));
        json.End();
        return party;
    }
}

/// <summary>On which side of the section a party lies.</summary>
public enum PartyRole
{
    /// <summary>The water comes from there.</summary>
    Upstream,

    /// <summary>The water goes there.</summary>
    Downstream,

    /// <summary>Neither, or both: a province's fund, or a party between two others.</summary>
    Other,
}
