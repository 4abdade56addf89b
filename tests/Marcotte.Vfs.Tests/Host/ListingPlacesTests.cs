using Marcotte.Vfs.Host.Linux;

namespace Marcotte.Vfs.Tests.Host;

internal sealed class ListingPlacesTests
{
    /// <summary>A place as ext4 gives them.</summary>
    private static ulong Hash(int index) => ((ulong)(index + 1) * 0x9E3779B97F4A7C15) >> 2;

    [Test]
    public void PlacesOf63BitsFitALongOf32Bits()
    {
        ListingPlaces places = new();
        ulong cookie = 0;
        for (int i = 0; i < 1000; i++)
        {
            cookie = places.Number(Hash(i), cookie);
            Assert.That(cookie, Is.LessThanOrEqualTo((ulong)int.MaxValue));
            Assert.That(places.TryGet(cookie, out ulong place), Is.True);
            Assert.That(place, Is.EqualTo(Hash(i)));
        }
    }

    [Test]
    public void ASecondListingGivesTheSameCookies()
    {
        ListingPlaces places = new();
        ulong[] first = List(places, Enumerable.Range(0, 100));

        Assert.That(List(places, Enumerable.Range(0, 100)), Is.EqualTo(first));
        Assert.That(List(places, Enumerable.Range(50, 50)), Is.EqualTo(first[50..]), "the first half was removed");
    }

    [Test]
    public void BeyondTheirCapacityPlacesStandForThemselves()
    {
        ListingPlaces places = new();
        int count = ListingPlaces.Capacity + 1000;
        ulong[] cookies = List(places, Enumerable.Range(0, count));

        Assert.That(cookies, Is.Unique);
        for (int i = 0; i < count; i++)
        {
            Assert.That(places.TryGet(cookies[i], out ulong place), Is.True);
            Assert.That(place, Is.EqualTo(Hash(i)));
        }
    }

    [Test]
    public void ANumberThatWasNotGivenIsNoPlace()
    {
        ListingPlaces places = new();
        ulong cookie = places.Number(Hash(0), 0);

        Assert.That(places.TryGet(cookie + 1, out _), Is.False);
        Assert.That(places.TryGet(0, out ulong start), Is.True);
        Assert.That(start, Is.Zero);
    }

    private static ulong[] List(ListingPlaces places, IEnumerable<int> indexes)
    {
        ulong cookie = 0;
        return [.. indexes.Select(index => cookie = places.Number(Hash(index), cookie))];
    }
}
