"""How states of milestones and of documents look, everywhere the same."""

from __future__ import annotations

from vekha_portal.execution.models import State
from vekha_portal.ui import tones
from vekha_portal.ui.tones import Tone

STATES: dict[str, tones.State] = {
    State.WAITING: tones.State("ждёт срока", Tone.WAITING),
    State.AHEAD: tones.State("впереди", Tone.QUIET),
    State.SOON: tones.State("скоро срок", Tone.ATTENTION, "clock-exclamation"),
    State.OVERDUE: tones.State("просрочено", Tone.BAD),
    State.PART: tones.State("подано не всё", Tone.ATTENTION, "progress-alert"),
    State.SUBMITTED: tones.State("на проверке", Tone.BUSY, "send"),
    State.RETURNED: tones.State("возвращено", Tone.BAD, "arrow-back-up"),
    State.ACCEPTED: tones.State("принято", Tone.GOOD),
    State.NOT_APPLICABLE: tones.State("не требуется", Tone.QUIET, "ban"),
}
EXPECTED = tones.State("ожидается", Tone.QUIET)
OPTIONAL = tones.State("по желанию", Tone.QUIET)
PENDING = tones.State("на проверке", Tone.BUSY, "send")
ACCEPTED = tones.State("принят", Tone.GOOD)
RETURNED = tones.State("возвращён", Tone.BAD, "arrow-back-up")
RECALLED = tones.State("отозван", Tone.QUIET, "x")
OUTCOMES = {"accepted": ACCEPTED, "returned": RETURNED, "": PENDING}

#: Who gives out a document of a type, where the order itself does not say.
ISSUERS = {
    "region-act": "издаёт орган власти субъекта",
    "education-body-order": "издаёт орган управления образованием",
    "school-act": "издаёт школа",
    "letter-out": "отправляет исполнитель",
    "letter-in": "присылает адресат письма, обычно федеральный оператор",
    "agreement": "подписывают стороны",
    "procurement-notice": "размещает заказчик в ЕИС",
    "acceptance-act": "подписывают заказчик и поставщик",
    "certificate": "выдаёт организация, проводившая обучение",
    "filled-form": "заполняет исполнитель",
    "photo-album": "снимает школа",
    "media-publication": "публикует издание или сайт",
    "report": "составляет исполнитель",
    "plan": "составляет исполнитель",
}
#: Types that follow one another in time: a letter, its answer, an act; the number is the place.
IN_TIME = {"letter-out": 1, "letter-in": 2, "region-act": 3, "education-body-order": 3, "school-act": 3}
