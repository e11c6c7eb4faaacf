"""A partner: one mounted application, its mood, and the calls it has seen."""

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import WSGIApplication, WSGIEnvironment

from harness.errors import HarnessError, ScenarioError
from harness.fakehttp import application as offered
from harness.fakehttp.arrival import Arrival
from harness.fakehttp.call import Call
from harness.fakehttp.conduct import Conduct, Ending, conduct_of
from harness.fakehttp.masking import mask_headers, mask_query
from harness.fakehttp.moodreading import mood_from
from harness.fakehttp.moods import Mood
from harness.fakehttp.recordedanswers import RecordedAnswer, RecordedAnswers
from harness.fakehttp.reply import Reply
from harness.fakehttp.wiring import Wiring
from harness.fakehttp.wsgi import ask, environ_of
from harness.kernel.faultpoints import FaultPoint
from harness.kernel.instant import Duration
from harness.results.raised import described, place_of

GARBAGE = Reply(200, (("Content-Type", "text/html"),), b'<html>{"\x00\xff: unexpected end')
"""What a broken proxy might send: neither JSON nor UTF-8."""


class UnansweredError(Exception):
    """No answer comes; the transport turns *ending* into what its client would see."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending)
        self.ending = ending


@dataclass(frozen=True, slots=True)
class Mount:
    """An application, and where and how fast it answers."""

    name: str
    application: WSGIApplication
    url: str
    """``https://hooks.slack.com``, or with a path under which the application lies."""
    latency: Duration = field(default=Duration(0))
    is_outside: bool = False
    """Whether the application makes real calls, for which the process's doors are opened."""


class _ActiveMood:
    """A mood and how many calls that concern it have come since it was set."""

    __slots__ = ("mood", "seen")

    def __init__(self, mood: Mood) -> None:
        self.mood = mood
        self.seen = 0

    def meets(self, method: str, path: str) -> bool:
        """Count a call if it concerns the mood, and say whether the mood strikes it."""
        if not self.mood.concerns(method, path):
            return False
        strikes = self.mood.strikes(self.seen)
        self.seen += 1
        return strikes


class Partner:
    """One faked service."""

    def __init__(self, mount: Mount, wiring: Wiring) -> None:
        self.name = mount.name
        self.url = mount.url
        self.latency = mount.latency
        self.calls: list[Call] = []
        self._application = mount.application
        self._wiring = wiring
        self._doors = wiring.outside if mount.is_outside else nullcontext
        self._moods: list[_ActiveMood] = []
        self._recorded = RecordedAnswers(())
        self.path = urlsplit(mount.url).path.rstrip("/")

    def set_mood(self, **what: Any) -> None:
        """Behave as *what* says from now on, and no longer as told before; see `mood_from`."""
        self._moods = [_ActiveMood(mood_from(what))]

    def add_mood(self, **what: Any) -> None:
        """Behave as *what* says too, wherever no mood that was set before strikes."""
        self._moods.append(_ActiveMood(mood_from(what)))

    def clear_mood(self) -> None:
        """Behave well again."""
        self._moods = []

    def load(self, state: Mapping[str, Any]) -> None:
        """Give the application its *state*; ValueError names what it does not know."""
        try:
            with self._doors():
                offered.load(self._application, self.name, state)
        except (HarnessError, ValueError):
            raise
        except Exception as error:
            problem = f"partner {self.name!r} cannot take this state: {described(error)}"
            raise ValueError(problem) from error

    def repeat(self, answers: Iterable[RecordedAnswer]) -> None:
        """Answer with *answers*, and where none was recorded as the application does."""
        self._recorded = RecordedAnswers(answers)

    def view(self) -> dict[str, Any]:
        """Return the application's state as JSON; ScenarioError where it cannot show it."""
        try:
            with self._doors():
                return offered.view(self._application)
        except HarnessError:
            raise
        except Exception as error:
            raise self._broken(error) from error

    def answer(self, arrival: Arrival) -> Reply:
        """Return the answer to *arrival*, time passing meanwhile, or raise UnansweredError."""
        wiring = self._wiring
        function = wiring.caller()
        path = offered.mask_path(self._application, arrival.path)
        mood = self._mood_for(arrival)
        recorded = self._recorded.upcoming(arrival, path)
        took = None if recorded is None else recorded.duration
        conduct = conduct_of(
            arrival,
            latency=self.latency if took is None else took,
            fault=wiring.faults.decide(
                FaultPoint(
                    "http",
                    self.name,
                    function,
                    parameters={"method": arrival.method, "path": path},
                )
            ),
            mood=mood,
            patience=wiring.patience,
        )
        if conduct.works:
            self._recorded.spend(arrival, path)
        if conduct.wait_before:
            wiring.pause(conduct.wait_before)
        reply = self._work(arrival, conduct, mood, recorded)
        self._record(arrival, path, function, conduct.ending, reply.status)
        if conduct.wait_after:
            wiring.pause(conduct.wait_after)
        if conduct.ending == "crashed":
            wiring.crash()
        if conduct.ending != "answered":
            raise UnansweredError(conduct.ending)
        return reply

    def _mood_for(self, arrival: Arrival) -> Mood | None:
        """Return the first mood that strikes; later ones count only what earlier ones let pass."""
        for active in self._moods:
            if active.meets(arrival.method, arrival.path):
                return active.mood
        return None

    def _work(
        self,
        arrival: Arrival,
        conduct: Conduct,
        mood: Mood | None,
        recorded: RecordedAnswer | None,
    ) -> Reply:
        if conduct.works:
            if recorded is not None and recorded.is_error:
                return recorded.reply()
            environ = environ_of(arrival, mounted_at=self.path, now=self._wiring.now())
            # Asked in any case, so that its state is what has been made of the calls.
            reply = self._ask(environ)
            return reply if recorded is None else recorded.reply()
        if conduct.status is None:
            return GARBAGE
        reply = offered.bad_day(self._application, conduct.status)
        if mood is None or mood.status != conduct.status:
            return reply
        kept = tuple(pair for pair in reply.headers if pair[0] not in mood.headers)
        body = reply.body if mood.body is None else mood.body.encode()
        return Reply(reply.status, (*kept, *mood.headers.items()), body)

    def _ask(self, environ: WSGIEnvironment) -> Reply:
        """Return the application's answer; its own mistakes are none of the caller's."""
        try:
            with self._doors():
                return ask(self._application, environ)
        except HarnessError:
            raise
        except Exception as error:
            broken = self._broken(error)
            self._wiring.report(broken)
            raise broken from error

    def _broken(self, error: Exception) -> ScenarioError:
        path, line = place_of(error) or (self.name, 1)
        problem = f"partner {self.name!r} failed: {type(error).__name__}: {error}"
        return ScenarioError(problem, path=path, line=line)

    def _record(
        self, arrival: Arrival, path: str, function: str | None, ending: Ending, status: int
    ) -> None:
        wiring = self._wiring
        answered = status if ending == "answered" else None
        problem = None if ending == "answered" else ending
        self.calls.append(
            Call(
                instant=wiring.now(),
                function=function,
                method=arrival.method,
                path=path,
                status=answered,
                problem=problem,
                headers=mask_headers(arrival.headers),
                query=mask_query(arrival.query),
                # A load replay keeps what happened, not everything that was said.
                _body=arrival.body if wiring.journal.per_record else b"",
            )
        )
        details = {"problem": problem} if problem else {}
        wiring.journal.record(
            "http",
            actor=function or "outside",
            subject=self.name,
            cause=wiring.cause(),
            method=arrival.method,
            path=path,
            status=answered,
            **details,
        )
