"""Partners: the mounted fakes by name, and who of them a request is for."""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from harness.errors import EscapeError
from harness.fakehttp.arrival import Arrival
from harness.fakehttp.interception import Interception
from harness.fakehttp.partner import Mount, Partner
from harness.fakehttp.reply import Reply
from harness.fakehttp.sockets import PartnerNetwork
from harness.fakehttp.wiring import Wiring


class Partners(Mapping[str, Partner]):
    """Every faked service of one world.  Between `activate` and `close`, `requests` finds them."""

    def __init__(self, mounts: Iterable[Mount], wiring: Wiring) -> None:
        self._partners: dict[str, Partner] = {}
        self._routes: dict[str, list[tuple[str, Partner]]] = {}
        self._wiring = wiring
        for mount in mounts:
            if mount.name in self._partners:
                raise ValueError(f"partner {mount.name!r} is mounted twice")
            partner = self._partners[mount.name] = Partner(mount, wiring)
            self._add_route(partner)
        self._interception = Interception(self.answer, wiring.now, wiring.has_sockets)
        urls = [partner.url for partner in self._partners.values()]
        self.network = PartnerNetwork(urls, self.answer)
        """Where sockets find them."""

    def _add_route(self, partner: Partner) -> None:
        parts = urlsplit(partner.url)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query:
            raise ValueError(
                f"partner {partner.name!r}: url {partner.url!r} is not a base URL; "
                "write https://host or https://host/path"
            )
        routes = self._routes.setdefault(f"{parts.scheme}://{parts.netloc.lower()}", [])
        routes.append((parts.path.rstrip("/"), partner))
        routes.sort(key=lambda route: -len(route[0]))

    def __getitem__(self, name: str) -> Partner:
        return self._partners[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._partners)

    def __len__(self) -> int:
        return len(self._partners)

    def activate(self) -> None:
        """Answer what `requests` sends from now on; the innermost active world answers."""
        self._interception.start()

    def close(self) -> None:
        """Leave `requests` as it was before `activate`; closing twice is closing once."""
        self._interception.stop()

    def answer(self, arrival: Arrival) -> Reply:
        """Return the answer of the partner that *arrival* is for; EscapeError when there is none."""
        partner = self.find(arrival)
        if partner is not None:
            return partner.answer(arrival)
        # Path and query stay out of it: they may hold a token or a phone number.
        host = urlsplit(arrival.url).netloc
        wiring = self._wiring
        wiring.journal.record(
            "http",
            actor=wiring.caller() or "outside",
            subject=host,
            cause=wiring.cause(),
            method=arrival.method,
            path=None,
            status=None,
            problem="refused",
        )
        mounted = ", ".join(sorted(partner.url for partner in self._partners.values())) or "none"
        error = EscapeError(
            f"{arrival.method} to {arrival.url} would leave the simulation: "
            f"no partner is mounted there; mounted are {mounted}"
        )
        wiring.report(error)
        raise error

    def find(self, arrival: Arrival) -> Partner | None:
        """Return the partner with the longest base URL that *arrival* lies under."""
        for prefix, partner in self._routes.get(arrival.url, ()):
            if arrival.path.startswith(prefix) and arrival.path[len(prefix) :][:1] in ("", "/"):
                return partner
        return None
