#!/usr/bin/env python3
"""Measures one round and appends what it finds to .cache/peers/results.jsonl, from which report.py makes the tables.

    tools/peers/measure.py speed     # decoding and reading a prompt, beside llama.cpp and Jlama; some four minutes
    tools/peers/measure.py start     # from the start of the process to the first token, and memory
    tools/peers/measure.py growth    # cost against length and size

Run prepare.sh before. Nothing else should run on the machine meanwhile.
"""
import argparse
import datetime
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "peers"
RESULTS = CACHE / "results.jsonl"
JAR = ROOT / "benchmarks" / "target" / "benchmarks.jar"
MODEL = ROOT / ".cache" / "SmolLM2-135M-Instruct"
MODEL_F32 = ROOT / ".cache" / "SmolLM2-135M-Instruct-f32"
PROMPT = "The capital of France is"
FORMATS = ("F32", "BF16", "Q8", "Q4")
GGUF = {"F32": "F32", "BF16": "BF16", "Q8": "Q8_0", "Q4": "Q4_0"}
PREFILL = 512
DECODE = 128
DISTURBED = 0.04  # of all processors' time
VECTOR = "--add-modules=jdk.incubator.vector"
# Per format: folder, working type, type of quantised activations, type of weights; with and without Jlama's native code.
JLAMA = {
    "F32": [(MODEL_F32, "F32", "F32", "-", True)],
    "BF16": [(MODEL, "F32", "BF16", "-", True), (MODEL, "F32", "BF16", "-", False)],
    "Q4": [(MODEL, "F32", "F32", "Q4", True), (MODEL, "F32", "F32", "Q4", False)],
}


def java():
    jdk = subprocess.run([ROOT / "tools" / "find-jdk.sh"], check=True, capture_output=True, text=True).stdout.strip()
    return f"{jdk}/bin/java"


def run(command):
    """What a command prints, and which part of the processors' time other programs took meanwhile, where that is known."""
    before = busy_seconds()
    began = time.perf_counter()
    with subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        # what goes to the error stream is little, and read at the end
        output = process.stdout.read()
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(str(part) for part in command)} failed:\n{errors[-2000:]}")
    own = usage.ru_utime + usage.ru_stime
    wall = time.perf_counter() - began
    others = max(0, busy_seconds() - before - own) / (wall * os.cpu_count())
    return output, others


def busy_seconds():
    """Of all processors since the machine began; on Linux. Time that other virtual machines stole counts too."""
    try:
        fields = Path("/proc/stat").read_text("ascii").splitlines()[0].split()[1:9]
    except OSError:
        return 0
    user, nice, system, _idle, _wait, irq, soft_irq, steal = map(int, fields)
    return (user + nice + system + irq + soft_irq + steal) / os.sysconf("SC_CLK_TCK")


def undisturbed(command, parse):
    """The parsed output of a command, run again, at most twice, while other programs took too much of the machine."""
    for attempt in range(3):
        output, others = run(command)
        if others < DISTURBED:
            break
        print(f"other programs took {others:.0%} of the machine", file=sys.stderr)
    return {**parse(output), "others": round(others, 4)}


def last_json(output):
    """The last line is JSON."""
    return json.loads(output.strip().splitlines()[-1])


def record(kind, **values):
    line = {"kind": kind, "time": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"), **values}
    with open(RESULTS, "a", encoding="utf-8") as results:
        results.write(json.dumps(line) + "\n")
    print(json.dumps(line), flush=True)


def rounds_done(weights):
    if not RESULTS.exists():
        return 0
    lines = map(json.loads, RESULTS.read_text("utf-8").splitlines())
    return max((line["round"] for line in lines if line["kind"] == "speed" and line["weights"] == weights), default=0)


def llama(weights, threads):
    """llama-bench with its own defaults besides the threads."""
    command = [CACHE / "llama-build" / "bin" / "llama-bench", "-m", CACHE / "gguf" / f"{GGUF[weights]}.gguf",
               "-t", threads, "-p", PREFILL, "-n", DECODE, "-r", 3, "-o", "jsonl"]

    def parse(output):
        lines = list(map(json.loads, output.splitlines()))
        return {"prefill" if line["n_prompt"] else "decode": line["samples_ts"] for line in lines}

    return undisturbed(command, parse)


def sextant(weights, threads, kernels="vector", samples=3):
    folder = MODEL_F32 if weights == "F32" else MODEL
    form = "AS_STORED" if weights in ("F32", "BF16") else weights
    return undisturbed([java(), VECTOR, "-cp", JAR, "dev.sextant.benchmarks.SpeedRound", folder, form, kernels, threads,
                        samples], last_json)


def jlama(mode, threads):
    folder, working, quantised, weights, native = mode
    return undisturbed([java(), VECTOR, "--enable-native-access=ALL-UNNAMED",
                        f"-Djlama.force_panama_tensor_operations={'false' if native else 'true'}",
                        "-cp", f"{CACHE / 'jlama'}:{CACHE / 'jlama' / 'lib'}/*", "JlamaRound", folder, working, quantised,
                        weights, threads, 1], last_json)


def speed(threads, formats):
    for weights in formats:
        common = {"round": rounds_done(weights) + 1, "threads": threads, "weights": weights}
        engines = {"sextant": lambda: sextant(weights, threads), "llama.cpp": lambda: llama(weights, threads)}
        for engine in sorted(engines, reverse=common["round"] % 2 == 0):  # who comes first changes
            record("speed", **common, engine=engine, **engines[engine]())
        for mode in JLAMA.get(weights, []):
            record("speed", **common, engine="jlama", **jlama(mode, threads))
        if weights == "F32":
            record("speed", **common, engine="sextant scalar", **sextant(weights, threads, "scalar", 1))


def growth(threads):
    for what in ("decode", "prefill", "load"):
        command = [java(), VECTOR, "-cp", JAR, "dev.sextant.benchmarks.Growth", what, MODEL, threads]
        values = undisturbed(command, last_json)
        record("growth", threads=threads, **values)


def watch(command):
    """Runs a command; gives the seconds to each line it prints, and the most memory it held, in MiB."""
    began = time.perf_counter()
    with subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        events = [(time.perf_counter() - began, line.decode().strip()) for line in process.stdout]
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(str(part) for part in command)} failed with {process.returncode}")
    return events, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def milestones(events):
    """Seconds to the start of main, to the model ready, to the first token and to the last."""
    first = {}
    for seconds, line in events:
        first.setdefault(line.split()[0], seconds)
    return {"main": first["main"], "ready": first["ready"], "token": first["token"], "end": first["end"]}


def archives(program):
    """An AOT cache and a CDS archive of the program, made by running it once each; flags to start with, by name."""
    cache, classes, archive = CACHE / "start.aot", CACHE / "start.classes", CACHE / "start.jsa"
    serial = [VECTOR, "-XX:+UseSerialGC"]  # an archive with objects of the heap fits the collector it was made with
    early = ["-XX:Tier3BackEdgeThreshold=10000", "-XX:Tier4BackEdgeThreshold=10000"]  # long loops are compiled sooner
    for command in (
            [VECTOR, f"-XX:AOTCacheOutput={cache}", *program, 64],
            [*serial, f"-XX:DumpLoadedClassList={classes}", *program, 64],
            [*serial, "-Xshare:dump", f"-XX:SharedClassListFile={classes}", f"-XX:SharedArchiveFile={archive}",
             *program[:2]]):
        run([java(), *command])
    return {"plain": [VECTOR], "aot": [VECTOR, f"-XX:AOTCache={cache}"],
            "cds": [*serial, *early, f"-XX:SharedArchiveFile={archive}"]}


def start(threads):
    program = ["-cp", JAR, "dev.sextant.benchmarks.StartUp", MODEL, threads, PROMPT]
    kinds = archives(program)
    completion = [CACHE / "llama-build" / "bin" / "llama-completion", "-m", CACHE / "gguf" / "BF16.gguf", "-t", threads,
                  "-p", PROMPT, "--temp", 0, "-no-cnv", "-n"]
    for _ in range(5):
        for name, flags in kinds.items():
            events, memory = watch([java(), *flags, *program, 1])
            record("start", threads=threads, engine=f"sextant {name}", memory=memory, **milestones(events))
        began = time.perf_counter()
        _, memory = watch([*completion, 1])
        record("start", threads=threads, engine="llama.cpp", memory=memory, end=time.perf_counter() - began)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["speed", "start", "growth"])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--weights", nargs="+", choices=FORMATS, default=FORMATS, help="for speed: only these")
    arguments = parser.parse_args()
    if arguments.what == "speed":
        speed(arguments.threads, arguments.weights)
    else:
        {"start": start, "growth": growth}[arguments.what](arguments.threads)


if __name__ == "__main__":
    main()
