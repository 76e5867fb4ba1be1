"""Celery's side of the comparison: one worker process, late acknowledgement, persistent messages, confirmed publishes.

peer.py BROKER FOLDER reads 'drain N', 'fill N' and 'latency N' from standard input and answers a line of JSON each. The task does
nothing but leave its time, 8 bytes, at the end of a file.
"""

import json
import os
import struct
import subprocess
import sys
import time

from celery import Celery, __version__

broker, folder = (sys.argv[1], sys.argv[2]) if __name__ == "__main__" else (os.environ["PEER_BROKER"], os.environ["PEER_FOLDER"])
times = os.path.join(folder, "times")
app = Celery("peer", broker=broker)
app.conf.update(
    task_acks_late=True,
    task_default_delivery_mode="persistent",
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    broker_transport_options={"confirm_publish": True},
)


@app.task(name="peer.noop")
def noop():
    with open(times, "ab", buffering=0) as file:
        file.write(struct.pack("d", time.time()))


def stamps(count, since):
    """The times that the tasks left after position `since`, as soon as there are `count`."""
    while os.path.getsize(times) < since + 8 * count:
        time.sleep(0.0002)
    with open(times, "rb") as file:
        file.seek(since)
        return struct.unpack(f"{count}d", file.read(8 * count))


def drain(count):
    since, begin = os.path.getsize(times), time.time()
    for _ in range(count):
        noop.delay()
    submitted = time.time() - begin
    return {"submitted": count / submitted, "drained": count / (max(stamps(count, since)) - begin)}


def fill(count):
    for _ in range(count):
        noop.apply_async(queue="another")
    return {}


def latency(count):
    took = []
    for _ in range(count):
        since, begin = os.path.getsize(times), time.time()
        noop.delay()
        took.append(1000 * (stamps(1, since)[0] - begin))
    return {"milliseconds": sorted(took)}


def main():
    open(times, "ab").close()
    environment = dict(os.environ, PEER_BROKER=broker, PEER_FOLDER=folder, PYTHONPATH=os.path.dirname(os.path.abspath(__file__)))
    command = [sys.executable, "-m", "celery", "-A", "peer", "worker", "--concurrency", "1", "--loglevel", "ERROR", "--without-gossip", "--without-mingle"]
    worker = subprocess.Popen(command, env=environment, cwd=folder, stdout=sys.stderr)
    try:
        latency(1)
        print(__version__, flush=True)
        for line in sys.stdin:
            what, count = line.split()
            print(json.dumps({"drain": drain, "fill": fill, "latency": latency}[what](int(count))), flush=True)
    finally:
        worker.terminate()
        worker.wait()


if __name__ == "__main__":
    main()
