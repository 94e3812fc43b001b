"""Reading a pack a user wrote: what is wrong is said in Russian, by entry and line, and the rest is kept."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vekha.packs.read import LARGEST_FILE, load_pack, read_pack

HEAD = 'schema = "vekha.pack/1"\nid = "own"\ntitle = "Набор"\nsources = ["письмо"]\n'
ROADMAP = '[[roadmap]]\nid = "r"\ntitle = "Карта"\nprogramme = "other"\n'
EDITION = '[[edition]]\nid = "e"\ntitle = "Показатели"\nprogramme = "other"\n'
ACT = '[[act]]\nnumber = "1"\ndate = 2026-01-01\nabout = "О"\n'
MEASURE = ROADMAP + '[[roadmap.measure]]\nstage = "other"\ntext = "Т"\n'
INDICATOR = '[[edition.indicator]]\nname = "{}"\nnumber = "{}"\nover_time = "last"\nover_centres = "sum"\n'


def codes(text: str) -> list[str]:
    return [problem.code for problem in read_pack(text, name="набор.toml")[1]]


def test_an_empty_pack_is_a_pack() -> None:
    pack, problems = read_pack(HEAD, name="набор.toml")
    assert pack is not None and pack.id == "own" and problems == ()


@pytest.mark.parametrize(
    ("body", "code", "quoted"),
    [
        ('[[programme]]\nid = "x"\n', "pack-key-missing", "«name»"),
        ('[[programme]]\nid = "Икс"\nname = "Икс"\n', "pack-value-wrong", "«Икс»"),
        ('[[programme]]\nid = "x"\nname = "Икс"\nstart = "вчера"\n', "pack-value-wrong", "«вчера»"),
        ('[[programme]]\nid = "x"\nname = "Икс"\nstart = 2026-01-01\nend = 2025-01-01\n', "pack-term-reversed", "2025"),
        ('[[programme]]\nid = "x"\nname = "А"\n[[programme]]\nid = "x"\nname = "Б"\n', "pack-duplicate", "«x»"),
        ('[programme]\nid = "x"\n', "pack-section-wrong", "«programme»"),
        ('programme = [1, 2]\n', "pack-section-wrong", "«programme»"),
        ('[[region]]\ncode = "сто"\nname = "Край"\n', "pack-value-wrong", "«сто»"),
        (ACT + 'repealed_by = { number = "2" }\n', "pack-value-wrong", "'2'"),
        (ACT + 'repealed_by = { number = "2", date = 2025-01-01 }\n', "pack-term-reversed", "2025-01-01"),
        (ROADMAP, "pack-key-missing", "«measure»"),
        (MEASURE.replace('stage = "other"', 'stage = "dancing"'), "pack-value-wrong", "«dancing»"),
        (MEASURE.replace('"Т"', '"  "'), "pack-value-wrong", "«text»"),
        (MEASURE + 'deadline = "31 июня года получения субсидии"\n', "pack-deadline-wrong", "31 июня"),
        (MEASURE + 'items = ["а", "б"]\nitem_stages = ["other"]\n', "pack-item-stages-wrong", "пунктов 2"),
        (EDITION + INDICATOR.format("Дети", "1") + INDICATOR.format("Дети", "1"), "pack-duplicate", "«1»"),
        (EDITION + INDICATOR.format("Дети", "1") + 'parent = "7"\n', "pack-parent-unknown", "«7»"),
        (EDITION + INDICATOR.format("Дети", "1") + "opening_year = -5\n", "pack-value-wrong", "«-5»"),
        (EDITION + INDICATOR.format("Дети", "1") + "opening_year = true\n", "pack-value-wrong", "«True»"),
    ],
)
def test_a_flaw_is_named_and_its_entry_left_out(body: str, code: str, quoted: str) -> None:
    pack, problems = read_pack(HEAD + body, name="набор.toml")
    assert pack is not None
    assert [problem.code for problem in problems] == [code]
    assert quoted in problems[0].message
    assert "«набор.toml»" in problems[0].message
    assert problems[0].hint
    assert not (pack.roadmaps or pack.editions or pack.acts or pack.regions)


def test_one_bad_entry_does_not_take_the_others_with_it() -> None:
    body = '[[programme]]\nid = "a"\nname = "А"\n[[programme]]\nid = "b"\n[[programme]]\nid = "c"\nname = "В"\n'
    pack, problems = read_pack(HEAD + body, name="н")
    assert pack is not None
    assert [programme.id for programme in pack.programmes] == ["a", "c"]
    assert problems[0].place is not None and problems[0].place.lines == (8, 8)


def test_the_line_of_a_measure_is_known_behind_a_bad_roadmap() -> None:
    bad = ROADMAP + '[[roadmap.measure]]\nstage = "other"\n'
    good = ROADMAP.replace('"r"', '"g"') + '[[roadmap.measure]]\nstage = "other"\ntext = "Т"\n'
    pack, problems = read_pack(HEAD + bad + good, name="н")
    assert pack is not None
    assert [problem.place and problem.place.lines for problem in problems] == [(9, 9)]
    assert pack.roadmaps[0].roadmap.measures[0].place.lines == (15, 15)


def test_an_unknown_key_is_a_warning_only() -> None:
    pack, problems = read_pack(HEAD + '[[programme]]\nid = "a"\nname = "А"\ncolour = "red"\n', name="н")
    assert pack is not None and pack.programmes
    assert [problem.code for problem in problems] == ["pack-key-unknown"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a = ", "pack-not-toml"),
        ('a = "б', "pack-not-toml"),
        ("a = 1\na = 2", "pack-not-toml"),
        ("a = " + "[" * 100_000, "pack-not-toml"),
        ('schema = "vekha.pack/9"', "pack-schema-unknown"),
        ("schema = [1]", "pack-schema-unknown"),
        (HEAD.replace('["письмо"]', "[]"), "pack-value-wrong"),
        ("", "pack-key-missing"),
    ],
)
def test_a_file_that_is_no_pack_gives_a_problem_and_no_pack(text: str, code: str) -> None:
    pack, problems = read_pack(text, name="набор.toml")
    assert pack is None
    assert code in {problem.code for problem in problems}
    assert "набор.toml" in problems[0].message


def test_the_line_of_broken_toml_is_said() -> None:
    _, problems = read_pack(HEAD + "это не TOML\n", name="набор.toml")
    assert problems[0].place is not None and problems[0].place.lines == (5, 5)
    assert "строка 5" in problems[0].message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (HEAD.encode("cp1251"), "pack-unreadable"),
        (b"#" * (LARGEST_FILE + 1), "pack-too-large"),
        (None, "pack-unreadable"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, data: bytes | None, code: str) -> None:
    path = tmp_path / "набор.toml"
    if data is not None:
        path.write_bytes(data)
    pack, problems = load_pack(path)
    assert pack is None
    assert [problem.code for problem in problems] == [code]


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "набор.toml"
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    assert load_pack(path)[0] is not None


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@pytest.mark.fuzz
@given(st.text(max_size=200))
def test_any_text_gives_problems_and_never_an_exception(text: str) -> None:
    pack, problems = read_pack(text, name="н")
    assert pack is None or problems == () or all(problem.message for problem in problems)


@pytest.mark.fuzz
@given(st.sampled_from(["programme", "roadmap", "edition", "act", "region", "national_project"]), values)
def test_any_value_of_a_section_is_survived(section: str, value) -> None:
    written = {True: "true", False: "false", None: "{}"}.get(value) if value in (True, False, None) else None
    text = written or (value.isoformat() if hasattr(value, "isoformat") else repr(value).replace("'", '"'))
    pack, _ = read_pack(f"{HEAD}{section} = {text}\n", name="н")
    assert pack is None or pack.id == "own"
