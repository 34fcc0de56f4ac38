"""The one access policy: what is allowed, asked or denied, and why."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.catalogue.models import STATES
from archive.rights import STATEMENTS, USES, Context, Facts, Policy, decide, sentence, statement

TODAY = date(2026, 11, 22)
READER = Context(TODAY)
STAFF = Context(TODAY, staff=True)


def uri(code: str) -> str:
    found = statement(code)
    assert found is not None
    return found.uri


def effect(code: str, use: str, state: str = "published") -> str:
    return decide(Facts(state, uri(code) if code else ""), use, READER).effect


@pytest.mark.parametrize(
    ("code", "view", "download", "editorial", "commercial"),
    [
        ("PDM", "allow", "allow", "allow", "allow"),
        ("CC0", "allow", "allow", "allow", "allow"),
        ("CC BY 4.0", "allow", "allow", "allow", "allow"),
        ("CC BY-NC 4.0", "allow", "allow", "ask", "ask"),
        ("InC", "allow", "deny", "ask", "ask"),
        ("InC-NC", "allow", "allow", "ask", "ask"),
        ("InC-OW-EU", "allow", "deny", "deny", "deny"),
        ("NoC-CR", "allow", "ask", "ask", "ask"),
        ("UND", "allow", "deny", "ask", "ask"),
        ("", "allow", "deny", "deny", "deny"),
    ],
)
def test_the_policy_matrix(
    code: str, view: str, download: str, editorial: str, commercial: str
) -> None:
    assert effect(code, "view_public") == view
    assert effect(code, "download_full") == download
    assert effect(code, "licence_editorial") == editorial
    assert effect(code, "licence_commercial") == commercial


@given(
    st.sampled_from([state for state in STATES if state != "published"]),
    st.sampled_from([*STATEMENTS, ""]),
    st.sampled_from([use for use in USES if use != "internal_work"]),
)
def test_what_is_not_published_is_denied_to_readers(state: str, address: str, use: str) -> None:
    assert decide(Facts(state, address), use, READER).effect == "deny"


@given(st.sampled_from(STATES), st.sampled_from([*STATEMENTS, ""]), st.sampled_from(USES))
def test_every_answer_has_reasons_in_both_languages(state: str, address: str, use: str) -> None:
    decision = decide(Facts(state, address), use, READER)
    assert decision.reasons
    for reason in decision.reasons:
        assert sentence(reason, "hu").endswith(".")
        assert sentence(reason, "en").endswith(".")
        assert sentence(reason, "hu") != sentence(reason, "en")


def test_staff_may_work_on_a_draft_at_any_size_but_not_give_it_away() -> None:
    draft = Facts("draft", uri("InC"))
    assert decide(draft, "view_zoom", STAFF).allowed
    assert decide(draft, "view_zoom", STAFF).max_px is None
    assert decide(draft, "download_full", STAFF).effect == "deny"


def test_a_protected_photograph_is_shown_smaller_than_a_free_one() -> None:
    policy = Context(TODAY, policy=Policy(public_max_px=2048, protected_max_px=1200))
    assert decide(Facts("published", uri("InC")), "view_public", policy).max_px == 1200
    assert decide(Facts("published", uri("PDM")), "view_public", policy).max_px == 2048
    assert decide(Facts("published", uri("PDM")), "download_full", policy).max_px is None
    assert decide(Facts("published", ""), "view_public", policy).max_px == 640


def test_a_credit_is_owed_where_the_statement_asks_for_it() -> None:
    duties = decide(Facts("published", uri("CC BY-SA 4.0")), "download_full", READER).obligations
    assert duties == ("credit", "share_alike")
    assert decide(Facts("published", uri("PDM")), "download_full", READER).obligations == ()


def test_an_unknown_use_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown use"):
        decide(Facts("published"), "tattoo", READER)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("http://rightsstatements.org/vocab/InC/1.0/", "InC"),
        ("https://rightsstatements.org/page/InC-EDU/1.0/?language=en", "InC-EDU"),
        ("http://rightsstatements.org/vocab/NoC-US/1.0", "NoC-US"),
        ("https://creativecommons.org/licenses/by-sa/3.0/deed.hu", "CC BY-SA 3.0"),
        ("http://creativecommons.org/licenses/by-nd/2.5/", "CC BY-ND 2.5"),
        ("http://creativecommons.org/publicdomain/mark/1.0/", "PDM"),
        ("Public Domain", "PDM"),
        ("közkincs", "PDM"),
        ("CC-BY 4.0", "CC BY 4.0"),
        ("inc-nc", "InC-NC"),
    ],
)
def test_statements_are_known_in_the_forms_people_write(written: str, code: str) -> None:
    found = statement(written)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("written", ["", "mine", "https://example.org/licence", "all rights"])
def test_what_is_no_statement_is_not_taken_for_one(written: str) -> None:
    assert statement(written) is None


def test_identifiers_are_http_and_links_are_https() -> None:
    for entry in STATEMENTS.values():
        assert entry.uri.startswith("http://")
        assert entry.link.startswith("https://")
        assert set(entry.label) == set(entry.summary) == {"hu", "en"}
