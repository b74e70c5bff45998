"""Make the data of ``briefing/countries/data``, and the table of flags: ``make country-data``.

The packages, their versions and hashes are in ``package.json``, ``package-lock.json`` and ``requirements.txt`` beside
this file; their licences are in ``briefing/countries/data/NOTICE``. They are downloaded to ``.cache/country-data``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import flag_set
import outlines
from babel import Locale
from codes import FLAG_CODES

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CACHE = ROOT / ".cache" / "country-data"
DATA = ROOT / "briefing" / "countries" / "data"
TABLE = ROOT / "docs" / "flags.csv"
MAX_BYTES = 1_500_000


def download() -> tuple[Path, Path]:
    """The folder of the npm packages, and zone.tab. npm and pip compare the hashes."""
    CACHE.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, CACHE / name)
    _run("npm", "ci", "--silent", "--ignore-scripts", "--no-fund", "--no-audit", cwd=CACHE)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    _run(*pip, "-d", str(CACHE), "-r", str(HERE / "requirements.txt"))
    (wheel,) = CACHE.glob("tzdata-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return CACHE / "node_modules", Path(archive.extract("tzdata/zoneinfo/zone.tab", CACHE))


def _run(*command: str, cwd: Path | None = None) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise SystemExit(f"make country-data needs {command[0]}")
    subprocess.run([program, *command[1:]], check=True, cwd=cwd)  # noqa: S603 - commands of this file


def main() -> None:
    """Write the two files and the table."""
    npm, zone_tab = download()
    flags = flag_set.make(npm, FLAG_CODES)
    names = dict(Locale("en").territories)
    table = flag_set.table(flags, names, TABLE, DATA / "flags.bin")
    made = {"flags.bin": flag_set.pack(flags), "maps.bin": outlines.make(npm, zone_tab)}
    if sum(map(len, made.values())) > MAX_BYTES:
        raise SystemExit(f"the data have more than {MAX_BYTES} bytes")
    for name, data in made.items():
        path = DATA / name
        print(f"{name}: {len(data):,} bytes, {'unchanged' if path.exists() and path.read_bytes() == data else 'new'}")
        path.write_bytes(data)
    TABLE.write_text(table, encoding="utf-8", newline="\n")


main()
