"""DOC, ODT, RTF and other formats only LibreOffice knows: converted by it to DOCX (or XLSX), which the other readers
take.

LibreOffice runs without a window, without macros, cut off from the network where the system allows it, in a profile of
its own that is removed afterwards, and is ended with all its processes when its time is over.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from vekha.intake.document import Document, Source, UnreadableFile
from vekha.intake.limits import DEFAULT_LIMITS, damaged, refusal
from vekha.intake.readers.docx import read_docx

_PROGRAMS = ("soffice", "libreoffice")
_SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        "doc": ".doc",
        "odt": ".odt",
        "rtf": ".rtf",
        "word-xml": ".xml",
        "excel-xml": ".xml",
        "fodt": ".fodt",
        "fods": ".fods",
    }
)
_FILTERS: Mapping[str, str] = MappingProxyType({"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"})
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000
_DEAD_PROXY = "http://127.0.0.1:9"
# No macros, no links followed, no proxy that answers, no first-start questions.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Setup/Office", "ooSetupInstCompleted", "true"),
)
_SETTING = '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'


def read_office(data: bytes, source: Source) -> Document:
    """The document in a DOC, ODT or RTF file; raises ``UnreadableFile``, with advice where LibreOffice is not installed."""
    return read_docx(convert_office(data, source.format.value, "docx"), source)


def convert_office(data: bytes, kind: str, target: str, *, seconds: float = DEFAULT_LIMITS.conversion_seconds) -> bytes:
    """The file as DOCX or XLSX bytes, made by LibreOffice in at most so many seconds; raises ``UnreadableFile``."""
    program = find_libreoffice()
    if program is None:
        raise _not_installed(kind)
    with tempfile.TemporaryDirectory(prefix="vekha-office-", ignore_cleanup_errors=True) as folder:
        origin = Path(folder, f"document{_SUFFIXES.get(kind, '.doc')}")
        origin.write_bytes(data)
        profile = Path(folder, "profile", "user")
        profile.mkdir(parents=True)
        Path(profile, "registrymodifications.xcu").write_text(_profile_settings(), encoding="utf-8")
        output = Path(folder, "output")
        output.mkdir()
        command = [
            program,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless",
            "--nologo",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            _FILTERS[target],
            "--outdir",
            str(output),
            str(origin),
        ]
        _run(command, folder, seconds)
        return _result(output)


def find_libreoffice() -> str | None:
    """The path of LibreOffice's program, ``None`` where it is not installed; ``VEKHA_SOFFICE`` names another one."""
    named = os.environ.get("VEKHA_SOFFICE")
    if named is not None:
        return shutil.which(named)
    return next((found for found in map(shutil.which, _PROGRAMS) if found), None)


def _profile_settings() -> str:
    items = "".join(_SETTING.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    namespace = "http://openoffice.org/2001/registry"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="{namespace}">\n{items}</oor:items>\n'


def _run(command: list[str], folder: str, seconds: float) -> None:
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": folder,
        "TMPDIR": folder,
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
        "http_proxy": _DEAD_PROXY,
        "https_proxy": _DEAD_PROXY,
        "ftp_proxy": _DEAD_PROXY,
    }
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_cut_off if os.name == "posix" else None,  # only calls of the system in it, no locks
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise refusal(
            "too-slow",
            "LibreOffice не успел преобразовать файл за отведённое время.",
            "Откройте файл в Word или LibreOffice и сохраните его в DOCX.",
        ) from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of LibreOffice: it starts a second process, and that one must not outlive the call."""
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            process.kill()
    else:
        process.kill()
    process.wait()


_LIBC = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None


def _cut_off() -> None:
    """In the new process, before LibreOffice: end with the parent, and have no network where the system lets us go without."""
    if _LIBC is not None and hasattr(_LIBC, "unshare"):
        _LIBC.prctl(1, signal.SIGKILL, 0, 0, 0)
        if _LIBC.unshare(_CLONE_NEWNET) != 0:
            _LIBC.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _result(output: Path) -> bytes:
    made = sorted(output.iterdir())
    if not made:
        raise damaged("LibreOffice не смог открыть файл: вероятно, он повреждён или защищён паролем.")
    if made[0].stat().st_size > DEFAULT_LIMITS.file_bytes:
        raise refusal("over-limits", "Преобразованный файл слишком велик.", "Разделите документ на части.")
    return made[0].read_bytes()


def _not_installed(kind: str) -> UnreadableFile:
    shown = {"word-xml": "Word XML", "excel-xml": "Excel XML"}.get(kind, kind.upper())
    save_as = "XLSX" if kind in ("excel-xml", "fods") else "DOCX"
    return refusal(
        "unsupported-format",
        f"Для чтения формата {shown} нужна программа LibreOffice, а она не установлена.",
        f"Установите LibreOffice (в Debian и Ubuntu: пакеты libreoffice-writer и libreoffice-calc) или сохраните файл в {save_as}.",
    )
