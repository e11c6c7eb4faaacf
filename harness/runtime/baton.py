"""The baton: of all the blocking code in a world, one piece runs at a time.

Every invocation, and every task that an invocation hands to an executor, is a greenlet.  It keeps
the baton until it reaches a *baton point* (an AWS call, an HTTP call, a sleep, a join), where it
waits in virtual time.  The hub, which is whatever greenlet drives the scheduler, then lets the
next one run.  When nothing else is due before the wait is over, the clock just moves and nobody
switches.
"""

from asyncio.events import _get_running_loop, _set_running_loop
from collections.abc import Callable
from functools import partial
from typing import Any

from greenlet import getcurrent, greenlet

from harness.errors import SimulationError
from harness.kernel.instant import Duration, Instant
from harness.kernel.scheduler import Scheduler, Timer


class InvocationKilledError(BaseException):
    """Unwinds the stack of an invocation that has ended: timed out, crashed, or been torn down.

    It is no ``Exception`` because the code under test must not catch it: on AWS the process is
    simply gone.
    """


class Task:
    """One greenlet of code under test, and whose it is.

    *owner* is whatever the runtime hangs on it (the invocation).  States: ready, running, waiting
    (for a timer or another task), frozen (its environment sleeps between invocations), done, dead.
    *turn* counts how often it ran: a wake-up is meant for one turn, and void in a later one.
    """

    __slots__ = (
        "baton", "greenlet", "has_missed_wakeup", "is_dead", "is_frozen", "name", "owner",
        "timer", "turn",
    )  # fmt: skip

    def __init__(self, baton: "Baton", body: Callable[[], object], owner: Any, name: str) -> None:
        self.baton = baton
        self.greenlet = greenlet(body)
        self.owner = owner
        self.name = name
        self.is_dead = False
        self.is_frozen = False
        self.has_missed_wakeup = False
        self.turn = 0
        self.timer: Timer | None = None
        """The end of the pause that the task is in."""

    def resume(self, turn: int) -> None:
        """Hand the baton to this task until it waits or ends; called by the hub alone."""
        if turn != self.turn or self.is_dead or self.greenlet.dead:
            return
        if self.is_frozen:
            self.has_missed_wakeup = True
            return
        self.turn += 1
        self.baton.run(self)

    def wake(self) -> None:
        """Let the task go on at the present instant, after what is due already."""
        scheduler = self.baton.scheduler
        scheduler.at(scheduler.now, partial(self.resume, self.turn), self.name)

    def freeze(self) -> None:
        """Let no wake-up through until the task is thawed."""
        self.is_frozen = True

    def thaw(self) -> None:
        """Deliver the wake-up that arrived while the task was frozen."""
        self.is_frozen = False
        if self.has_missed_wakeup:
            self.has_missed_wakeup = False
            self.wake()

    def kill(self) -> None:
        """Unwind the task; whatever it does on its way out reaches nothing."""
        if self.is_dead:
            return
        self.is_dead = True
        if self.timer is not None:
            self.baton.scheduler.cancel(self.timer)
        if self.greenlet.gr_frame is not None and self.greenlet is not getcurrent():
            self.baton.unwind(self)


class Wakeup(Timer):
    """The timer that ends a task's pause: the one kind that tasks hand on among themselves."""

    __slots__ = ("task", "turn")

    def __init__(self, due: Instant, task: Task) -> None:
        # Written out, not passed on: one is made for nearly every call.
        self.due = due
        self.action = self.strike
        self.name = task.name
        self.idle = False
        self.task = task
        self.turn = task.turn

    def strike(self) -> None:
        """Resume the task."""
        self.task.resume(self.turn)


class Baton:
    """Passes control between the hub and the tasks of one world."""

    def __init__(self, scheduler: Scheduler) -> None:
        self.scheduler = scheduler
        self.current: Task | None = None
        self.handovers = 0
        """How often the baton changed hands or the clock moved: a watchdog sees progress in it."""
        self.before_running: Callable[[Task], None] = lambda _task: None
        """Called with a task that is about to run, to put its process state in place."""
        self.after_running: Callable[[], None] = lambda: None
        """Called when a task has given the baton back to the hub."""
        self.is_interrupted: Callable[[], bool] = lambda: False
        """Whether somebody has pressed Ctrl-C while the present task ran."""
        self._hub: greenlet | None = None

    def run(self, task: Task) -> None:
        """Give *task* the baton; returns when it waits or ends."""
        if self.current is not None:
            raise SimulationError(f"{task.name!r} cannot run while {self.current.name!r} does")
        self.before_running(task)
        self.handovers += 1
        self.current = task
        task.greenlet.parent = self._hub = getcurrent()
        try:
            task.greenlet.switch()
        finally:
            self.current = None
            self.after_running()

    def unwind(self, task: Task) -> None:
        """Throw `InvocationKilledError` into *task* and let it end."""
        outer = self.current
        self.before_running(task)
        self.current = task
        task.greenlet.parent = getcurrent()
        try:
            task.greenlet.throw(InvocationKilledError)
        except InvocationKilledError:
            pass
        finally:
            self.current = outer
            if outer is None:
                self.after_running()
            else:
                self.before_running(outer)

    def pause(self, duration: Duration) -> None:
        """Let *duration* pass for whoever calls: a task waits, the hub runs what is due."""
        scheduler = self.scheduler
        due = Instant(scheduler.now + duration)
        task = self.current
        if task is None:
            scheduler.run_until(due)
            return
        if task.is_dead:
            raise InvocationKilledError
        self.handovers += 1
        if scheduler.may_jump_to(due):
            scheduler.now = due
            return
        task.timer = wakeup = Wakeup(due, task)
        scheduler.set(wakeup)
        self.wait()

    def wait(self) -> None:
        """Give the baton back until somebody wakes the calling task."""
        task = self.current
        assert task is not None, "only a task can wait; the hub runs the scheduler"
        assert self._hub is not None, "a task runs under a hub"
        if task.is_dead:
            raise InvocationKilledError
        # The interpreter keeps one running event loop for its one thread; whoever waits takes his along.
        loop = _get_running_loop()
        if loop is None:
            self._pass_on(task)
        else:
            _set_running_loop(None)
            self._pass_on(task)
            _set_running_loop(loop)
        if task.is_dead:
            raise InvocationKilledError

    def abandon(self) -> None:
        """Return to the hub from the midst of the calling task, which is resumed no more."""
        assert self._hub is not None, "a task runs under a hub"
        _set_running_loop(None)
        self._hub.switch()

    def _pass_on(self, task: Task) -> None:
        """Let the next one run: another task directly where its pause ends next, else the hub.

        Handing over directly spares the way through the hub, which does nothing but look at the
        next timer as well.
        """
        scheduler = self.scheduler
        timer = scheduler.peek()
        horizon = scheduler.horizon
        while type(timer) is Wakeup and (horizon is None or timer.due <= horizon):
            scheduler.take(timer)
            successor = timer.task
            if successor.turn == timer.turn and not (successor.is_frozen or successor.is_dead):
                successor.turn += 1
                if successor is task:
                    return
                self._hand_over(task, successor)
                return
            timer = scheduler.peek()
        assert self._hub is not None, "a task runs under a hub"
        self._hub.switch()

    def _hand_over(self, task: Task, successor: Task) -> None:
        if successor.owner is not task.owner:
            self.before_running(successor)
        self.handovers += 1
        self.current = successor
        assert self._hub is not None, "a task runs under a hub"
        successor.greenlet.parent = self._hub
        successor.greenlet.switch()
