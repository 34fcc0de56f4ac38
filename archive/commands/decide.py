"""`pillanat decide ID --use USE`: what the one access policy says, with its reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import click

from archive import db, rights
from archive.catalogue import projection, service
from archive.catalogue.models import RecordRow
from archive.commands.opening import open_archive, say_json

LANG = "en"


@click.command()
@click.argument("public_id", metavar="ID")
@click.option("--use", required=True, type=click.Choice(rights.USES), help="What is to be done.")
@click.option("--territory", help="Country of the use, two letters (ISO 3166).")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Day of the use, YYYY-MM-DD.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def decide(
    public_id: str, use: str, territory: str | None, on: datetime | None, as_json: bool
) -> None:
    """Say whether a reader may put photograph ID to a use: allow, ask or deny, with the reasons.

    Without --territory and --on: in the archive's own country, today.
    """
    open_archive()
    context = _context(territory, on.date() if on else None)
    decision = _decision(public_id, use, context)
    if as_json:
        say_json(_as_json(public_id, decision, context))
        return
    click.echo(f"{decision.effect}: {rights.answer(decision, LANG)}")
    for reason in decision.reasons:
        click.echo(f"  {reason.layer:<10} {reason.effect:<6} {rights.sentence(reason, LANG)}")
    if decision.obligations:
        click.echo(f"  Obligations: {', '.join(decision.obligations)}")
    if decision.next_change_on:
        click.echo(f"  This may change on {decision.next_change_on}.")


def _context(territory: str | None, on: date | None) -> rights.Context:
    """The context of today and here, but for what was said otherwise."""
    usual = projection.context()
    if territory is not None and not (
        len(territory) == 2 and territory.isascii() and territory.isalpha()
    ):
        raise click.BadParameter("two letters such as HU are expected", param_hint="--territory")
    return replace(
        usual, territory=territory.upper() if territory else usual.territory, on=on or usual.on
    )


def _decision(public_id: str, use: str, context: rights.Context) -> rights.Decision:
    session = db.session()
    try:
        image = service.image_by_id(session, public_id)
    except service.NotFound as error:
        raise click.ClickException(f"There is no photograph {public_id}.") from error
    own = session.get_one(RecordRow, image.id).own
    return rights.decide(projection.facts(session, image, own), use, context)


def _as_json(
    public_id: str, decision: rights.Decision, context: rights.Context
) -> dict[str, object]:
    return {
        "id": public_id,
        "use": decision.use,
        "territory": context.territory,
        "on": context.on,
        "effect": decision.effect,
        "max_px": decision.max_px,
        "reasons": [
            {
                "layer": reason.layer,
                "rule": reason.rule_id,
                "effect": reason.effect,
                "text": {lang: rights.sentence(reason, lang) for lang in ("hu", "en")},
            }
            for reason in decision.reasons
        ],
        "obligations": list(decision.obligations),
        "next_change_on": decision.next_change_on,
        "policy_version": decision.policy_version,
    }
