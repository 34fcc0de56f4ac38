"""What readers looked for and did not find: searches that found nothing, and wishes told to us.

Only words are kept, never who asked or from where. Words that look like an address or a telephone
number are not kept at all. The invariant: no reader waits for it and nobody can flood it: each
process writes a few of them a minute and forgets the rest.
"""

from __future__ import annotations

import re
import threading
import time
from collections import deque
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from archive import db
from archive.catalogue.authorities import all_names, fold, keeping, survivor
from archive.catalogue.authorities.validity import bare
from archive.catalogue.models import Image
from archive.catalogue.refusals import NotFound
from archive.history import Actor
from archive.history.actor import READER
from archive.jobs import Run, every
from archive.search import service
from archive.search.models import Miss, Wish
from archive.search.query import parse
from archive.settings import current

KEY_CHARS = 200
TOLD_CHARS = 2000
CONTACT_CHARS = 255
LEAST_CHARS = 3
OUTCOMES = ("done", "named", "answered", "impossible")
MOST_KEPT = 10_000
DAY = 86_400
PRIVATE = re.compile(r"@|(?:\+|\b00|\b06)[\s\d/().-]{7,}")
AUTOMATIC = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|monitor|fetch|curl|wget|python|java/|httpclient|"
    r"headless|scan|archiver|feed",
    re.IGNORECASE,
)


class Allowance:
    """So many in any minute, and no more; one for each process."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()
        self._lock = threading.Lock()

    def take(self, most: int) -> bool:
        """Whether one more is allowed now; counts it if so."""
        with self._lock:
            begun = time.monotonic() - 60
            while self._times and self._times[0] < begun:
                self._times.popleft()
            if len(self._times) >= most:
                return False
            self._times.append(time.monotonic())
            return True


_allowance = Allowance()


def by_a_person(user_agent: str) -> bool:
    """Whether a browser says it is one; programs that read the web mostly say what they are."""
    return bool(user_agent) and not AUTOMATIC.search(user_agent)


def note(words: str) -> bool:
    """Count a search that found nothing, in a transaction of its own; whether it was kept."""
    text = " ".join(words.split())
    key = fold(text)[:KEY_CHARS]
    if len(key) < LEAST_CHARS or PRIVATE.search(text):
        return False
    if not _allowance.take(current().misses_per_minute):
        return False
    try:
        with db.transaction() as session:
            return _count(session, key, text[:KEY_CHARS])
    except IntegrityError:
        return False  # another process met these words in the same moment; once is enough


def _count(session: Session, key: str, text: str) -> bool:
    known = session.scalars(select(Miss).where(Miss.key == key).with_for_update()).first()
    if known is not None:
        known.count, known.last_at = known.count + 1, db.now()
        return True
    if (session.scalar(select(func.count()).select_from(Miss)) or 0) >= MOST_KEPT:
        return False
    session.add(Miss(key=key, words=text, count=1))
    return True


def unsettled(session: Session, *, limit: int, offset: int = 0) -> Sequence[Miss]:
    """Searches that found nothing and nobody has seen to, the most frequent first."""
    return _ordered(session, settled=False, limit=limit, offset=offset)


def settled(session: Session, *, limit: int, offset: int = 0) -> Sequence[Miss]:
    """Searches somebody has seen to, the most frequent first."""
    return _ordered(session, settled=True, limit=limit, offset=offset)


def _ordered(session: Session, *, settled: bool, limit: int, offset: int) -> Sequence[Miss]:
    wanted = Miss.settled_at.is_not(None) if settled else Miss.settled_at.is_(None)
    order = (Miss.count.desc(), Miss.last_at.desc(), Miss.id)
    return session.scalars(
        select(Miss).where(wanted).order_by(*order).limit(limit).offset(offset)
    ).all()


def number(session: Session, *, settled: bool = False) -> int:
    """How many different searches found nothing and wait for somebody, or were seen to."""
    wanted = Miss.settled_at.is_not(None) if settled else Miss.settled_at.is_(None)
    return session.scalar(select(func.count()).select_from(Miss).where(wanted)) or 0


def found_now(miss: Miss) -> int:
    """How many photographs a reader who asks again would find today."""
    return service.find(parse(miss.words, guards=service.guards()), READER).total


def settle(public_id: str, *, outcome: str = "done", answer: str = "") -> None:
    """Mark a search as seen to, and say how; `answer` is a photograph. Raises LookupError."""
    with db.transaction() as session:
        found = of_id(session, public_id)
        found.settled_at, found.outcome, found.answer = db.now(), outcome, answer


def reopen(public_id: str) -> None:
    """Let a search wait again. Raises LookupError."""
    with db.transaction() as session:
        found = of_id(session, public_id)
        found.settled_at, found.outcome, found.answer = None, "", ""


def answer(public_id: str, photograph: str) -> None:
    """Say which photograph is meant, by its identifier, address or code. Raises LookupError."""
    named = photograph.strip().split("?")[0].rstrip("/")
    known = or_(Image.public_id == named.rpartition("/")[2], Image.ref_code == named)
    with db.transaction() as session:
        meant = session.scalars(select(Image.public_id).where(known).order_by(Image.id)).first()
        if not named or meant is None:
            raise LookupError(photograph)
        settle(public_id, outcome="answered", answer=meant)


def name_too(actor: Actor, public_id: str, *, kind: str, authority: str) -> None:
    """Make the words another name of an authority, so that they find it from now on.

    Raises LookupError, and what `keeping.edit` raises.
    """
    with db.transaction() as session:
        words = of_id(session, public_id).words
        try:
            row = survivor(session, keeping.read(session, kind, authority))
        except NotFound as error:
            raise LookupError(authority) from error
        if fold(words) not in {fold(name) for name in all_names(row)}:
            forms = [*row.forms, bare(words)]
            keeping.edit(actor, row, {"forms": forms}, based_on=row.version)
        settle(public_id, outcome="named")


def of_id(session: Session, public_id: str) -> Miss:
    """Raises LookupError."""
    found = session.scalars(select(Miss).where(Miss.public_id == public_id)).first()
    if found is None:
        raise LookupError(public_id)
    return found


def tell(words: str, told: str = "", contact: str = "") -> Wish:
    """Keep what a reader says they looked for; `contact` only if they wish to be answered."""
    with db.transaction() as session:
        wish = Wish(
            words=words.strip()[:KEY_CHARS],
            told=told.strip()[:TOLD_CHARS],
            contact=contact.strip()[:CONTACT_CHARS],
        )
        session.add(wish)
        return wish


def wishes(session: Session, *, limit: int, offset: int = 0) -> Sequence[Wish]:
    """What readers told us and nobody has seen to, the oldest first."""
    waiting = select(Wish).where(Wish.settled_at.is_(None)).order_by(Wish.at, Wish.id)
    return session.scalars(waiting.limit(limit).offset(offset)).all()


def number_of_wishes(session: Session) -> int:
    query = select(func.count()).select_from(Wish).where(Wish.settled_at.is_(None))
    return session.scalar(query) or 0


def settle_wish(public_id: str) -> None:
    """Mark a wish as seen to; the way to reach who told it is erased. Raises LookupError."""
    with db.transaction() as session:
        found = session.scalars(select(Wish).where(Wish.public_id == public_id)).first()
        if found is None:
            raise LookupError(public_id)
        found.settled_at, found.contact = db.now(), ""


@every(DAY)
def forget_searches(_run: Run) -> None:
    """Forget searches nobody has repeated for long, and wishes settled as long ago."""
    old = db.now() - timedelta(days=current().misses_keep_days)
    with db.transaction() as session:
        session.execute(delete(Miss).where(Miss.last_at < old))
        session.execute(delete(Wish).where(Wish.settled_at < old))
