"""A responsible who has not signed the acquaintance list."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.people import NameList, responsible_people
from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import counted
from vekha.problems import Severity


@rule(
    "RS06",
    slug="not-acquainted",
    family=Family.RESPONSIBLES,
    severity=Severity.WARNING,
    basis="Работник исполняет поручение, с которым ознакомлен: статьи 22 и 68 Трудового кодекса",
)
def not_acquainted(subject: Subject) -> Iterator[Violation]:
    """Ответственный не ознакомлен с документом.

    Почему:
        Человека, который документа не видел, нельзя упрекнуть в неисполнении: проверка начинает с листа ознакомления.
        Кто документ подписал или утвердил, ознакомлен и так. Если листа в документе нет, правило молчит.

    Нарушение:
        | № | Мероприятие          | Срок                 | Ответственный              | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Лосев Н.А., Гринько Е.Н.   | Извещения |

        Ознакомлены:

        Лосев Н.А.

    Правильно:
        | № | Мероприятие          | Срок                 | Ответственный              | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Лосев Н.А., Гринько Е.Н.   | Извещения |

        Ознакомлены:

        Лосев Н.А.

        Гринько Е.Н.
    """
    if not subject.order.acquainted:
        return
    order = subject.order
    signed = [each.name for each in (order.signatory, *order.approvals) if each is not None and each.name]
    acquainted = NameList((*order.acquainted, *signed))
    for person in responsible_people(subject):
        if not acquainted.has(person.name):
            how_many = counted(len(person.rows), "мероприятие", "мероприятия", "мероприятий")
            row = person.rows[0]
            message = f"{person.name} отвечает за {how_many}, но в списке «Ознакомлены» этого имени нет."
            hint = "Ознакомьте ответственного под подпись или уточните список."
            yield Violation(message, hint, row.roadmap_index, row.index, row.measure.place)
