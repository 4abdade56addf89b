# All that differs from run to run on an ordinary machine: random numbers, hashes of strings and with them the order of
# sets, addresses, times, inode numbers, names of temporary files, the order of directories. argv[1] is a directory with files in it.
import gc
import json
import os
import random
import secrets
import sqlite3
import sys
import tempfile
import time
import uuid

root = sys.argv[1]
print(random.random(), random.sample(range(1000), 5), secrets.token_hex(8), os.urandom(8).hex())
print(uuid.uuid1(), uuid.uuid4())
print({f"word {number}" for number in range(20)}, hash("text"), id(object()), object())

began = time.monotonic()
time.sleep(1.25)
print("slept", time.monotonic() - began, time.time_ns(), time.perf_counter_ns(), time.process_time_ns())
while time.monotonic() - began < 1.26:
    pass
print(time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime()), time.localtime())

for number in range(40):
    with tempfile.NamedTemporaryFile("w", dir=root, delete=False) as file:
        file.write(secrets.token_hex(100))
    if number % 3 == 0:
        os.remove(file.name)
os.makedirs(os.path.join(root, "made", "within"))
os.symlink("within", os.path.join(root, "made", "link"))
os.link(os.path.join(root, "seed-1"), os.path.join(root, "made", "hard"))
for folder, folders, files in os.walk(root):
    print(folder, folders, files)
    for name in files:
        print(name, os.lstat(os.path.join(folder, name)))
print(os.statvfs(root) if hasattr(os, "statvfs") else "", os.stat("/dev/null") if os.path.exists("/dev/null") else "")

database = sqlite3.connect(os.path.join(root, "data.db"))
database.execute("create table event (id integer, at text)")
with database:
    database.executemany("insert into event values (random(), strftime('%Y-%m-%d %H:%M:%f', 'now'))", [()] * 100)
print(database.execute("select sum(id % 1000), min(at), max(at) from event").fetchone())
print(gc.get_count(), json.dumps(dict(os.environ)), sys.stdin.read())
