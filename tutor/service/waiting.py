"""Who is next: one check of each user in turn, however many somebody has handed in."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Collection, Hashable
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


class Turns(Generic[Item]):
    """A queue for each user, served round robin; whoever has just been served comes last. Not safe for threads.

    >>> turns = Turns[str]()
    >>> for user, item in [("ann", "a1"), ("ann", "a2"), ("bob", "b1")]:
    ...     turns.add(user, item)
    >>> turns.place("a2"), turns.place("b1")
    (3, 2)
    >>> turns.take("a1")
    >>> turns.first(), turns.first(passed_over={"bob"})
    ('b1', 'a2')
    """

    def __init__(self) -> None:
        self._queues: OrderedDict[str, deque[Item]] = OrderedDict()
        self._users: dict[Item, str] = {}

    def __len__(self) -> int:
        return len(self._users)

    def __contains__(self, item: Item) -> bool:
        return item in self._users

    def of(self, user: str) -> int:
        """How many a user has waiting."""
        return len(self._queues.get(user, ()))

    def add(self, user: str, item: Item) -> None:
        """Put it behind the user's others."""
        self._queues.setdefault(user, deque()).append(item)
        self._users[item] = user

    def replace(self, old: Item, new: Item) -> None:
        """Put another of the same user in its place, so that whoever mends what waits keeps the turn."""
        user = self._users.pop(old)
        queue = self._queues[user]
        queue[queue.index(old)] = new
        self._users[new] = user

    def remove(self, item: Item) -> bool:
        """Whether it waited, and no longer does."""
        user = self._users.pop(item, None)
        if user is None:
            return False
        self._queues[user].remove(item)
        if not self._queues[user]:
            del self._queues[user]
        return True

    def first(self, passed_over: Collection[str] = ()) -> Item | None:
        """Whose turn it is, but for these users; None where nobody else waits."""
        return next((queue[0] for user, queue in self._queues.items() if user not in passed_over), None)

    def take(self, item: Item) -> None:
        """Out of the queue, whose turn it is; the user's next one waits until all others have had a turn."""
        user = self._users[item]
        self.remove(item)
        if user in self._queues:
            self._queues.move_to_end(user)

    def place(self, item: Item) -> int:
        """1 for the next; 0 where it does not wait. What comes later from users who have fewer may go before it."""
        user = self._users.get(item)
        if user is None:
            return 0
        round_ = self._queues[user].index(item)
        before = round_
        mine = False
        for other, queue in self._queues.items():
            if other == user:
                mine = True
            else:
                before += min(len(queue), round_ + (not mine))
        return before + 1

    def everything(self) -> list[Item]:
        """All that wait, user by user."""
        return [item for queue in self._queues.values() for item in queue]
