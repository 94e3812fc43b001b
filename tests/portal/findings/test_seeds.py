"""The five real orders as rows: the rules find in them what they find in the files, and nothing else."""

import pytest

from tests.corpus.test_seeds_findings import EXPECTED, SEEDS, subsidy_year
from tests.portal.findings.rows import rows_of_text
from tests.portal.people import AT, make_country, make_organisation
from vekha_portal.findings.models import Finding, Occasion
from vekha_portal.findings.queries import list_order_findings
from vekha_portal.findings.runs import check_now
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.models import Measure
from vekha_portal.registry.models import OrganisationKind

pytestmark = pytest.mark.seeds


def line_of(finding: Finding) -> str:
    measure = "-"
    if finding.measure_key is not None:
        rows = Measure.objects.filter(revision=finding.revision).order_by("position")
        place = [row.key for row in rows].index(finding.measure_key) + 1
        measure = finding.measure_number or f"#{place}"
    lines = finding.place.get("lines")
    return " | ".join(
        (
            finding.rule,
            measure,
            finding.day.isoformat() if finding.day else "-",
            f"{lines[0]}-{lines[1]}" if lines else "-",
        )
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_findings_over_rows_are_those_over_the_file(db, seeds_dir, seed) -> None:
    (path,) = seeds_dir.glob(f"{seed}_*.txt")
    country = make_country()
    with use_scope(SYSTEM_SCOPE):
        body = make_organisation("Департамент образования", OrganisationKind.REGIONAL_BODY, region="67")
        drafts = rows_of_text(path.read_text("utf-8"), country, body, subsidy_year=subsidy_year(seed))
        runs = [check_now(revision_id=each.pk, occasion=Occasion.CHANGE, by=None, at=AT) for each in drafts]
        assert [run.crashes for run in runs] == [[] for _ in runs]
        met = [each for each in list_order_findings(drafts[0].basis, day=AT.date()) if not each.reference]
        written = (EXPECTED / f"{seed}.txt").read_text("utf-8").splitlines()
        expected = []
        for line in written:
            if line and line[0] != "#":
                rule, _, measure, day, lines = line.split(" | ")
                expected.append(" | ".join((rule, measure, day, lines)))
        assert sorted(map(line_of, met)) == sorted(expected)
