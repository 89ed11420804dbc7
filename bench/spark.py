"""Measure czurban on Spark beside DuckDB over the same Parquet, on servers that this starts; write spark.json.

    python bench/spark.py 10M --write

The servers are Spark Connect over this machine's cores (local[2]), and over a local cluster of one and of two executors
of one core each. Executors share the cores with the driver, the server and the client, so that two of them on two
cores show that the work is divided, and not what a second machine would bring.
"""

import argparse
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import comparison
import environments
import pages
import results
from contenders import DUCKDB, SPARK
from large_data import FOLDER, Recipe, size_of
from machine import machine
from measuring import MEBI, family, measure
from tables import of_spark

MASTERS = ("local[2]", "local-cluster[1,1,1024]", "local-cluster[2,1,1024]")
SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"
_START, _LIMIT = 300, 900


@contextlib.contextmanager
def server(master: str, folder: Path) -> Iterator[tuple[str, int]]:
    """Run a Spark Connect server on a free port of this machine alone; yield its address and its process.

    Raises:
        SystemExit: it does not start.
    """
    spec = find_spec("pyspark")
    if spec is None or spec.origin is None:
        message = "PySpark is not installed; run make .make/spark."
        raise SystemExit(message)
    home = Path(spec.origin).parent
    with contextlib.closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    settings = {
        "spark.connect.grpc.binding.port": port,
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.local.dir": folder,
    }
    words = [word for key, value in settings.items() for word in ("--conf", f"{key}={value}")]
    command = [str(home / "bin" / "spark-submit"), "--class", SERVER, "--master", master, *words, "spark-internal"]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, "SPARK_HOME": str(home)},
        )
    try:
        _wait(port, process, folder / "server.log")
        yield f"sc://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(_START)


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + _START
    while time.monotonic() < end and process.poll() is None:
        with contextlib.closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    message = "The Spark Connect server did not start:\n" + log.read_text(errors="replace")[-2000:]
    raise SystemExit(message)


def cpu_and_memory(leader: int) -> tuple[float, float]:
    """Return the processor seconds that a process and all it started have taken, and the MiB that they hold."""
    ticks = os.sysconf("SC_CLK_TCK")
    seconds = memory = 0.0
    for one in family(leader):
        with contextlib.suppress(OSError, IndexError):
            fields = Path(f"/proc/{one}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            seconds += sum(int(field) for field in fields[11:15]) / ticks
            memory += int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / MEBI
    return seconds, memory


def measure_all(found: results.Results, sizes: Sequence[int], rounds: int) -> None:
    """Let DuckDB and each server go over the tables, so many times; a first run over the smallest does not count."""
    plan = [(recipe, comparison.table(recipe)) for recipe in (Recipe(size, "parquet-text") for size in sizes)]
    for recipe, path in plan:
        found.tables[recipe.label] = [recipe.rows, path.stat().st_size]
        for _ in range(rounds):
            _once(found, recipe, DUCKDB.key, DUCKDB.command(path, path), None)
    for master in MASTERS:
        with tempfile.TemporaryDirectory() as folder, server(master, Path(folder)) as (address, process):
            first = SPARK.command(plan[0][1], plan[0][1])
            measure(first, {"SPARK_REMOTE": address}, environments.ROOT, _LIMIT)
            for recipe, path in plan:
                for _ in range(rounds):
                    _once(found, recipe, f"{SPARK.key} {master}", SPARK.command(path, path), (address, process))


def _once(found: results.Results, recipe: Recipe, key: str, command: Sequence[str], at: tuple[str, int] | None) -> None:
    before = cpu_and_memory(at[1])[0] if at else 0.0
    outcome = measure(command, {"SPARK_REMOTE": at[0]} if at else {}, environments.ROOT, _LIMIT)
    if outcome.stopped or outcome.code not in {0, 1}:
        message = f"{key}: {outcome.stopped or outcome.complaint[-500:]}"
        raise SystemExit(message)
    after, memory = cpu_and_memory(at[1]) if at else (0.0, 0.0)
    runs = found.find(recipe.label, key)
    if runs is None:
        runs = results.Runs(recipe.label, key)
        found.runs.append(runs)
    runs.wall.append(round(outcome.cost.wall, 3))
    runs.cpu.append(round(outcome.cost.cpu + after - before, 3))
    runs.peak.append(round(outcome.cost.peak + memory, 1))
    print(f"{recipe.label:<18}{key:<40}{runs.wall[-1]:>9.2f} s {runs.cpu[-1]:>9.2f} CPU s", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, return the exit code."""
    parser = argparse.ArgumentParser(description="Measure czurban on Spark beside DuckDB.")
    parser.add_argument("sizes", nargs="*", type=size_of, default=[1_000_000], help="rows: 1M 10M (default: 1M)")
    parser.add_argument("--rounds", type=int, default=2, help="runs of each (default: 2)")
    parser.add_argument("--write", action="store_true", help="write docs/explanation/spark.json and the pages too")
    options = parser.parse_args(arguments)
    versions = {SPARK.key: environments.own_versions(*SPARK.packages)}
    found = results.Results(machine(), versions, options.rounds, _LIMIT)
    measure_all(found, options.sizes, options.rounds)
    results.save(found, FOLDER / "spark.json")
    print("\n" + "\n".join(of_spark(found)))
    if options.write:
        results.save(found, pages.SPARK)
        pages.write()
    return 0


if __name__ == "__main__":
    sys.exit(main())
