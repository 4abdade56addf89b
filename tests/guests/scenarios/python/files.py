# CPython at work on a directory: argv[1], empty at the start. Prints the same lines wherever it runs.
import datetime
import hashlib
import io
import json
import os
import pathlib
import random
import sqlite3
import sys
import tempfile
import zipfile

root = pathlib.Path(sys.argv[1])


def heading(name):
    print(f"-- {name}")


def fails(what, action):
    try:
        action()
        print(f"{what}: no error")
    except OSError as error:
        print(f"{what}: {type(error).__name__}")


heading("files")
text = root / "text.txt"
text.write_text("first line\nsecond line\n", encoding="utf-8")
with text.open("a", encoding="utf-8") as file:
    file.write("third: äöü €\n")
print(text.read_text(encoding="utf-8").splitlines())
print(text.stat().st_size)
with text.open("r+b") as file:
    file.seek(6)
    file.write(b"LINE")
    file.seek(0)
    print(file.readline())
    print(file.tell())
    file.truncate(11)
print(text.read_bytes())
big = root / "big.bin"
content = random.Random(42).randbytes(1 << 20)
big.write_bytes(content)
print(hashlib.sha256(big.read_bytes()).hexdigest() == hashlib.sha256(content).hexdigest())
print(hashlib.sha256(content[:1000]).hexdigest())

heading("errors")
fails("missing", lambda: open(root / "none"))
fails("exclusive", lambda: open(text, "x"))
fails("directory", lambda: open(root, "w"))
fails("not a directory", lambda: os.listdir(text))
fails("not empty", lambda: os.rmdir(root))
fails("make again", lambda: os.mkdir(root))
fails("outside", lambda: open("/nowhere/at/all"))

heading("directories")
for path in ("tree/a/deep", "tree/b", "tree/c/empty"):
    (root / path).mkdir(parents=True)
for number, path in enumerate(("tree/top", "tree/a/one", "tree/a/deep/two", "tree/b/three")):
    (root / path).write_text("x" * number)
for folder, folders, files in os.walk(root / "tree"):
    folders.sort()
    print(pathlib.Path(folder).relative_to(root).as_posix(), folders, sorted(files))
print(sorted(path.relative_to(root).as_posix() for path in (root / "tree").rglob("*") if path.is_file()))
with os.scandir(root / "tree") as entries:
    print(sorted((entry.name, entry.is_dir(), entry.is_file()) for entry in entries))
os.rename(root / "tree/b", root / "tree/renamed")
os.replace(root / "tree/top", root / "tree/a/one")
print(sorted(os.listdir(root / "tree")), (root / "tree/a/one").stat().st_size)
for number in range(500):
    (root / "tree/c/empty" / f"file{number:03}").touch()
print(len(os.listdir(root / "tree/c/empty")))
for folder, folders, files in os.walk(root / "tree", topdown=False):
    for name in files:
        os.remove(os.path.join(folder, name))
    for name in folders:
        os.rmdir(os.path.join(folder, name))
os.rmdir(root / "tree")
print((root / "tree").exists())

heading("times")
os.utime(text, ns=(1_000_000_000_123_456_789, 1_500_000_000_987_654_321))
status = text.stat()
print(status.st_atime_ns, status.st_mtime_ns)
moment = datetime.datetime(2024, 2, 28, 23, 59, 59, tzinfo=datetime.timezone.utc)
print((moment + datetime.timedelta(days=1, seconds=2)).isoformat())
print(datetime.datetime.fromtimestamp(1_500_000_000, datetime.timezone.utc).strftime("%A %d %B %Y %H:%M:%S"))
print(datetime.datetime.now(datetime.timezone.utc) > datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc))

heading("json")
value = {"list": [1, 2.5, None, True], "text": "ünï\"\n", "nested": {"b": 1, "a": []}}
document = root / "value.json"
document.write_text(json.dumps(value, sort_keys=True, indent=1))
print(document.read_text())
print(json.loads(document.read_text()) == value)

heading("temporary files")
with tempfile.TemporaryDirectory(dir=root) as name:
    inside = pathlib.Path(name) / "inside"
    inside.write_text("temporary")
    print(inside.read_text(), pathlib.Path(name).parent == root)
print(os.path.exists(name))
with tempfile.NamedTemporaryFile("w+", dir=root, delete=False) as file:
    file.write("named")
    file.flush()
    file.seek(0)
    print(file.read())
os.remove(file.name)
handle, name = tempfile.mkstemp(dir=root)
os.write(handle, b"by descriptor")
os.lseek(handle, 3, os.SEEK_SET)
print(os.read(handle, 100))
os.close(handle)
os.remove(name)

heading("zip")
archive = root / "archive.zip"
with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
    zipped.write(text, "text.txt")
    zipped.writestr("folder/generated.txt", "line\n" * 1000)
with zipfile.ZipFile(archive) as zipped:
    print(zipped.namelist(), zipped.testzip())
    print([(info.filename, info.file_size, f"{info.CRC:08x}") for info in zipped.infolist()])
    zipped.extractall(root / "unpacked")
print((root / "unpacked/folder/generated.txt").stat().st_size)
memory = io.BytesIO(archive.read_bytes())
print(zipfile.is_zipfile(memory))

heading("sqlite3")
database = root / "data.db"
connection = sqlite3.connect(database)
connection.execute("create table item (id integer primary key, name text, price real)")
with connection:
    connection.executemany("insert into item (name, price) values (?, ?)",
                           ((f"item {number}", number / 4) for number in range(2000)))
try:
    with connection:
        connection.execute("delete from item where id % 2 = 0")
        raise RuntimeError("changed my mind")
except RuntimeError as error:
    print(error)
print(connection.execute("select count(*), sum(price), max(name) from item").fetchone())
connection.close()
connection = sqlite3.connect(database)
connection.execute("create index by_name on item (name)")
print(connection.execute("select id from item where name = ?", ("item 1234",)).fetchone())
print(connection.execute("pragma integrity_check").fetchone())
connection.close()

heading("end")
print(sorted(path.name for path in root.iterdir()))
