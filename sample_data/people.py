"""Customers: who they are, and the hidden traits that drive what they do."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from sample_data import catalogue, season, truth

_FIRST_NAMES = {
    "NO": """Nora Emma Ella Maja Olivia Emilie Sofie Leah Frida Ingrid Astrid Åse Bjørg Solveig Sigrid
        Ragnhild Kari Anne Marit Liv Randi Berit Tone Hilde Silje Marte Øyunn Gudrun Turid Kjersti
        Hanne Ida Live Synnøve Jakob Emil Noah Oskar Lukas Filip Magnus Henrik Øyvind Øystein Håkon
        Bjørn Jørgen Torbjørn Pål Åsmund Lars Per Knut Svein Geir Trond Stian Eirik Sondre Vetle
        Aksel Sindre Kåre Asbjørn Jon Ole Tor Gaute Snorre""",
    "SE": """Alice Maja Elsa Astrid Wilma Saga Åsa Märta Elin Linnéa Karin Ebba Erik Lars Nils Åke Björn
        Göran Sören Axel Gustav Oskar Hugo Jörgen""",
    "DK": """Freja Ida Clara Laura Søs Kirsten Mette Bodil Birthe Inger Mads Søren Jørgen Rasmus Niels
        Bjørk Aksel Kaj Åge Viggo Holger Troels""",
    "FI": """Aino Helmi Sofia Eevi Päivi Ritva Tuuli Väinö Eino Leo Onni Jyrki Antti Pekka Mika Heikki
        Säde Topi""",
    "DE": """Anna Lena Marie Jörg Jürgen Käthe Sabine Heike Lukas Felix Günter Uwe Björn Greta Frieda
        Jonas Paul Ute""",
    "GB": """Olivia Amelia Isla Ava Grace Sophie Oliver George Harry Jack Noah Alfie Callum Fiona Rhys
        Nia Ewan Zoe""",
}
_LAST_NAMES = {
    "NO": """Hansen Johansen Olsen Larsen Andersen Pedersen Nilsen Kristiansen Jensen Karlsen Berg Haugen
        Hagen Eriksen Dahl Sæther Bråten Bøe Næss Ødegård Solbakken Lund Moen Strand Lie Aas Aasen
        Grønli Tveit Håland Rønning Bjørnstad Kvåle Sørli Brække Fjeld Myhre Engebretsen Ruud Vik
        Viken Sandvik Nygård Østby Øverland Gulbrandsen Lødding Skår Tangen Brenna Kolstad Thorsen
        Wågå Hovland Røed Mæland Evensen Torgersen Bakken""",
    "SE": """Andersson Johansson Karlsson Nilsson Öberg Åström Björklund Sjögren Lindström Holmgren
        Ekström Lundqvist Wallin Hägg Näslund Dahlgren""",
    "DK": """Jensen Nielsen Hansen Pedersen Møller Sørensen Kjær Nørgaard Østergaard Bruun Holm Lauritsen
        Bæk Skov""",
    "FI": """Korhonen Virtanen Mäkinen Nieminen Hämäläinen Laine Heikkinen Järvinen Lehtonen Salmi
        Väisänen Niemi""",
    "DE": """Müller Schmidt Schneider Fischer Weiß Schäfer Köhler Groß Bauer Richter Vogel Krüger Jäger
        Lorenz""",
    "GB": """Smith Jones Taylor Brown Evans Walker Wright Hughes Green Hall Wood Clarke Murray Reid
        Fraser Price""",
}
_DOMAINS = ("example.com", "example.org", "example.net")  # reserved for examples by RFC 2606
_ASCII = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ü": "u", "é": "e", "ß": "ss"})

# Numbers nobody has. Sweden (PTS), Germany (BNetzA, Berlin) and Britain (Ofcom) set ranges aside for fiction;
# in Norway and Denmark no subscriber's number begins with 0. Finns give none.
_PHONES = {
    "NO": ("+4700", 100_000, 900_000),
    "DK": ("+4500", 100_000, 900_000),
    "SE": ("+46701740", 605, 95),
    "DE": ("+493023125", 0, 1000),
    "GB": ("+447700900", 0, 1000),
}
_PHONE_SHARE = 0.45
_CONSENTS, _CONSENT_SHARES = ("yes", "no", None), (0.56, 0.30, 0.14)
_TWO_SPELLINGS = 90  # customers whose e-mail is sometimes written another way

ONLY_CANCELLED = 60  # people beyond truth.CUSTOMERS whose only order was cancelled


@dataclass(frozen=True, slots=True)
class People:
    """One entry a customer, by first purchase; those whose only order was cancelled come last."""

    public: pl.DataFrame  # customer_id, name, email, email_variant, phone, consent, country
    arrival: np.ndarray  # moment of the first purchase, days since opening
    rate: np.ndarray  # purchases an average day
    drop_out: np.ndarray  # chance of leaving after a purchase, before any story
    order_worth: np.ndarray  # mean value of an order, NOK
    country: np.ndarray
    channel: np.ndarray  # the usual one
    category_no: np.ndarray  # the favourite one
    would_join: np.ndarray  # the loyalty programme
    bargain_hunter: np.ndarray  # comes with the Black Friday code


def make(rng: np.random.RandomState) -> People:
    """Draw all customers."""
    arrival, bargain_hunter = _arrivals(rng)
    count = len(arrival)
    country = _pick(rng, truth.COUNTRY_SHARES, count)
    channel = _pick(rng, truth.CHANNEL_SHARES, count)
    channel[((channel == "pos") & (country != "NO")) | bargain_hunter] = "web"
    mild = [
        truth.RATE_BY_COUNTRY[c] * truth.RATE_BY_CHANNEL[k] for c, k in zip(country, channel, strict=True)
    ]
    return People(
        public=_public(rng, country),
        arrival=arrival,
        rate=rng.gamma(truth.RATE_R, 1 / truth.RATE_ALPHA_DAYS, size=count) * np.array(mild),
        drop_out=rng.beta(truth.DROP_OUT_A, truth.DROP_OUT_B, size=count),
        order_worth=truth.SPEND_P * truth.SPEND_SCALE_NOK / rng.gamma(truth.SPEND_Q, size=count),
        country=country,
        channel=channel,
        category_no=rng.choice(len(catalogue.CATEGORIES), size=count, p=catalogue.CATEGORY_SHARES),
        would_join=rng.random_sample(count) < truth.LOYALTY.joining_share,
        bargain_hunter=bargain_hunter,
    )


def _arrivals(rng: np.random.RandomState) -> tuple[np.ndarray, np.ndarray]:
    """First purchases (moments, sorted), and who of them came for the Black Friday code."""
    story = truth.BLACK_FRIDAY
    weight = season.BUSYNESS[: season.END] * np.linspace(1, truth.ACQUISITION_GROWTH, season.END)
    a_day = rng.multinomial(truth.CUSTOMERS - story.surge_customers, weight / weight.sum())
    first, last = season.day_number(story.start), season.day_number(story.end)
    days = last - first + 1
    a_day[first : last + 1] += rng.multinomial(story.surge_customers, np.full(days, 1 / days))
    day = np.repeat(np.arange(season.END), a_day)
    arrival = np.sort(day + rng.random_sample(len(day)))
    in_story = (arrival >= first) & (arrival < last + 1)
    bargain_hunter = in_story & (rng.random_sample(len(arrival)) < story.code_share)
    others = np.sort(rng.uniform(0, season.END, size=ONLY_CANCELLED))
    return np.concatenate([arrival, others]), np.concatenate([bargain_hunter, np.zeros(ONLY_CANCELLED, bool)])


def _pick(rng: np.random.RandomState, shares: dict[str, float], count: int) -> np.ndarray:
    return rng.choice(np.array(list(shares), dtype=object), size=count, p=list(shares.values()))


def _public(rng: np.random.RandomState, country: np.ndarray) -> pl.DataFrame:
    """What the shop knows about its customers."""
    count = len(country)
    names: list[str] = []
    emails: list[str] = []
    taken: dict[str, int] = {}
    first_draw, last_draw, domain_draw = rng.random_sample((3, count))
    firsts = {code: text.split() for code, text in _FIRST_NAMES.items()}
    lasts = {code: text.split() for code, text in _LAST_NAMES.items()}
    for code, f, la, d in zip(country, first_draw, last_draw, domain_draw, strict=True):
        first = firsts[code][int(f * len(firsts[code]))]
        last = lasts[code][int(la * len(lasts[code]))]
        local = f"{first}.{last}".lower().translate(_ASCII)
        taken[local] = taken.get(local, 0) + 1
        names.append(f"{first} {last}")
        number = taken[local] if taken[local] > 1 else ""
        emails.append(f"{local}{number}@{_DOMAINS[int(d**2 * len(_DOMAINS))]}")
    spelt_twice = np.zeros(count, bool)
    spelt_twice[rng.choice(count, _TWO_SPELLINGS, replace=False)] = True
    return pl.DataFrame(
        {
            "customer_id": [f"K{n}" for n in range(10_001, 10_001 + count)],
            "name": names,
            "email": emails,
            "email_variant": [e.title() if also else e for e, also in zip(emails, spelt_twice, strict=True)],
            "phone": _phones(rng, country),
            "consent": [_CONSENTS[n] for n in rng.choice(3, size=count, p=_CONSENT_SHARES)],
            "country": country.tolist(),
        }
    )


def _phones(rng: np.random.RandomState, country: np.ndarray) -> list[str | None]:
    """A number nobody else in the shop has, for some."""
    phones: list[str | None] = [None] * len(country)
    for code, (prefix, lowest, room) in _PHONES.items():
        here = np.flatnonzero(country == code)
        givers = here[rng.random_sample(len(here)) < _PHONE_SHARE][:room]
        numbers = lowest + rng.permutation(room)[: len(givers)]
        width = len(str(lowest + room - 1))
        for giver, number in zip(givers, numbers, strict=True):
            phones[giver] = f"{prefix}{number:0{width}}"
    return phones
