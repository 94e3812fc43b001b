"""The way of an order through the portal, as a coordinator goes it: each step is one page, and says what must be seen there."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import Seat
from tests.portal.orders.uploads import read
from tests.portal.people import AT, LONG_AGO, Country, make_organisation, make_person, signed_in
from vekha_portal.accounts.actions import Name, add_person, give_role
from vekha_portal.accounts.roles import Role
from vekha_portal.centres.models import Wave
from vekha_portal.execution.models import Application
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.models import Measure, Reading, Revision
from vekha_portal.registry.models import OrganisationKind

PHONE, DESK = 390, 1400
GIVEN = ("Анна", "Вера", "Дарья", "Елена", "Ирина", "Кира", "Нина", "Ольга", "Софья", "Юлия", "Яна")
PATRONYMICS = (
    "Алексеевна",
    "Викторовна",
    "Денисовна",
    "Егоровна",
    "Ивановна",
    "Николаевна",
    "Олеговна",
    "Сергеевна",
    "Юрьевна",
)


def make_region(
    code: str, body: str, *, town: str = "Управление образования города", school: str = "МБОУ «СОШ № 5»"
) -> Country:
    """A region with its education body, a town, a school, and a person in each; to be called inside a scope that may."""
    country = Country()
    made = country.organisations
    made[f"body{code}"] = make_organisation(body, OrganisationKind.REGIONAL_BODY, region=code)
    made[f"town{code}"] = make_organisation(
        town, OrganisationKind.MUNICIPAL_AUTHORITY, region=code, parent=made[f"body{code}"], town="Зареченск"
    )
    made[f"school{code}"] = make_organisation(
        school, OrganisationKind.SCHOOL, region=code, parent=made[f"town{code}"], town="Зареченск"
    )
    for name, role in (
        ("coordinator", Role.REGIONAL_COORDINATOR),
        ("town", Role.MUNICIPALITY),
        ("school", Role.SCHOOL),
    ):
        where = made[f"{'body' if name == 'coordinator' else name}{code}"]
        country.people[name], country.assignments[name] = make_person(name, role, where)
    return country


def enter_people(country: Country, written: Iterable[str], body: str) -> int:
    """Everybody of these surnames with initials works in a body; how many they are. To be called inside a scope that may."""
    known = {}
    for each in sorted(written):
        surname, given, patronymic = each.replace(".", " ").split()
        name = next(name for name in GIVEN if name[0] == given)
        second = next(name for name in PATRONYMICS if name[0] == patronymic)
        known[surname] = Name(surname, name, second)
    where = country.organisations[body]
    for number, one in enumerate(known.values()):
        same: dict[str, Any] = {"by": None, "scope": SYSTEM_SCOPE, "at": AT}
        person = add_person(email=f"official{number}@vekha.example", name=one, **same)
        give_role(person=person, role=Role.REGIONAL_COORDINATOR, organisation=where, since=LONG_AGO, **same)
    return len(known)


@dataclass
class Walk:
    """One window and who sits at it; a kind of page is examined the first time it is met."""

    seat: Seat
    country: Country
    met: set[str]
    name: str = ""
    wrong: list[str] = field(default_factory=list)
    _shots: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        """The page in the window."""
        return self.seat.page

    def sit(self, who: str) -> None:
        """Somebody else sits down at the same window."""
        cookie = signed_in(self.country, who).cookies[settings.SESSION_COOKIE_NAME]
        self.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.seat.origin}])

    def look(self, kind: str) -> None:
        """Nothing stands in the way of a reader, and a phone is wide enough; a picture for whoever asks by VEKHA_PICTURES."""
        self.page.wait_for_load_state("networkidle")
        self._shots.append(kind)
        at = f"{self.name}-{len(self._shots):02}-{kind}"
        if folder := os.environ.get("VEKHA_PICTURES"):
            self.page.screenshot(path=Path(folder) / f"{at}.png", full_page=True)
        if kind in self.met:
            return
        self.met.add(kind)
        self.wrong += [f"{kind}: {each}" for each in self.seat.violations()]
        self.page.set_viewport_size({"width": PHONE, "height": 900})
        if self.seat.overflow() > 0:
            self.wrong.append(f"{kind} is wider than a phone")
        if folder:
            self.page.screenshot(path=Path(folder) / f"{at}-phone.png", full_page=True)
        self.page.set_viewport_size({"width": DESK, "height": 900})

    def go(self, name: str, *keys: int) -> None:
        """Go to a page by its name."""
        self.seat.open(reverse(name, args=keys))

    def upload(self, file: Path, *, year: int | None = None) -> list[Revision]:
        """The form, the page that waits for the worker, the worker; the drafts that came of it."""
        self.go("orders_upload")
        self.look("upload")
        self.page.set_input_files("input[name=file]", file)
        self.page.fill("[name=subsidy_year]", str(year or ""))
        self.page.click("text=Загрузить и прочитать")
        expect(self.page.locator("#progress")).to_contain_text("Ждёт очереди")
        with use_scope(SYSTEM_SCOPE):
            reading = read(Reading.objects.latest("pk"))
            drafts = Revision.objects.filter(roadmap__order__reading=reading).select_related("roadmap__programme")
            found = list(drafts.order_by("roadmap__position"))
        expect(self.page.locator("#progress")).not_to_contain_text("Файл читается")
        return found

    def review(self, revision: Revision, measures: int) -> None:
        """From the page of the reading to the draft: as many measures as the engine found."""
        self.page.click(f"#progress a[href='{reverse('orders_review', args=[revision.pk])}']")
        expect(self.page.locator(".rv-measures article.rv-measure")).to_have_count(measures)
        expect(self.page.locator("#summary")).to_contain_text(f"{measures} мероприят")
        self.look("review")

    def measure(self, revision: Revision, position: int) -> Measure:
        """A measure of a draft."""
        with use_scope(SYSTEM_SCOPE):
            return Measure.objects.get(revision=revision, position=position)

    def correct(self, measure: Measure, phrase: str, *dates: str) -> None:
        """Another deadline is typed: its dates are there before it is written down, and after."""
        place = self.page.locator(f"#measure-{measure.pk}")
        place.get_by_role("link", name="Изменить").click()
        place.get_by_label("Срок, как в документе").fill(phrase)
        for date in dates:
            expect(place.locator(".rv-dates")).to_contain_text(date)
        self.look("editor")
        place.get_by_role("button", name="Записать", exact=True).first.click()
        expect(place.locator("[data-editor]")).to_have_count(0)
        for date in dates:
            expect(place.locator(".rv-days")).to_contain_text(date)

    def check(self, *sentences: str) -> None:
        """From the draft to what the rules say of it."""
        self.page.click("main >> text=Замечания правил")
        self.page.click("text=Проверить сейчас")
        for sentence in sentences:
            expect(self.page.locator("#findings")).to_contain_text(sentence)
        self.look("findings")
        self.page.click("text=К черновику")
        self.page.wait_for_url("**/review/")

    def map(self, revision: Revision, *, sure: int) -> None:
        """Those whose names leave no doubt are told in bulk."""
        self.go("orders_mapping", revision.pk)
        self.look("mapping")
        self.page.click(f"text=Принять верные предложения ({sure})")
        expect(self.page.locator("#messages")).to_contain_text(f"Принято предложений: {sure}.")

    def approve(self, revision: Revision, *unresolved: str) -> None:
        """The page tells what is unresolved, and it is approved knowingly."""
        self.go("orders_approve", revision.pk)
        for words in unresolved:
            expect(self.page.locator("main")).to_contain_text(words)
        self.look("approve")
        if self.page.locator("#is_knowing").count():
            self.page.check("#is_knowing")
        self.page.click("button:has-text('Утвердить')")
        expect(self.page.locator("#messages")).to_contain_text("Карта утверждена")

    def apply(self, revision: Revision, wave: Wave, *dates: str) -> Application:
        """From the roadmap to the wave, as it is proposed; the grid shows what came of it."""
        self.go("roadmap_measures", revision.roadmap_id)
        self.look("roadmap")
        self.page.click("main >> text=/Применить к (другой )?волне/")
        self.look("waves")
        self.page.click(f"a[href='{reverse('execution_apply', args=[wave.pk, revision.roadmap_id])}']")
        for date in dates:
            expect(self.page.locator("#measures")).to_contain_text(date)
        self.look("apply")
        self.page.click("button:has-text('Применить')")
        expect(self.page.locator("#messages")).to_contain_text("Карта применена")
        self.look("grid")
        with use_scope(SYSTEM_SCOPE):
            return Application.objects.get(wave=wave, roadmap=revision.roadmap_id)

    def today(self, who: str, words: Iterable[str]) -> None:
        """What somebody sees first of all this."""
        self.sit(who)
        self.go("today")
        for each in words:
            expect(self.page.locator("main")).to_contain_text(each)
        self.look(f"today-{who}")
