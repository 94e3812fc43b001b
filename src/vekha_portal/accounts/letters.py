"""Letters to people. Without a mail server they are files in the outbox."""

from __future__ import annotations

from django.core.mail import send_mail

from vekha_portal.accounts.actions import INVITATION_LIFE
from vekha_portal.accounts.models import Person

_INVITATION = """\
Здравствуйте, {name}!

Вас пригласили в «Веху» — планы по распоряжениям и их исполнение.
Задайте пароль по ссылке; она действует один раз и {days} дней:

{link}

Если вы не ждали приглашения, ничего не делайте.
"""


def send_invitation(person: Person, link: str) -> None:
    """Send the link for setting a password."""
    name = " ".join(part for part in (person.given_name, person.patronymic) if part)
    text = _INVITATION.format(name=name, days=INVITATION_LIFE.days, link=link)
    send_mail("Приглашение в «Веху»", text, None, [person.email])
