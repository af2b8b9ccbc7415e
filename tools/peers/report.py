#!/usr/bin/env python3
"""Writes the tables of docs/performance.md from what measure.py collected, between their markers.

    tools/peers/report.py [--last ROUNDS]

Of a round each figure is the median of its samples; a table shows the median of the rounds and, in brackets, the least and
the most. Ratios and shares are taken inside a round, then their median.
"""
import argparse
import json
import platform
import re
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / ".cache" / "peers" / "results.jsonl"
DOCUMENT = ROOT / "docs" / "performance.md"
FORMATS = ("F32", "BF16", "Q8", "Q4")
PROMPT = 512
VERSIONS = "llama.cpp of llama-cpp-python 0.3.36 (built for this processor, no BLAS), Jlama 0.8.4"


def number(value):
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:.{digits}f}"


def spread(values):
    return f"{number(median(values))} ({number(min(values))} to {number(max(values))})" if values else "–"


def typical(values, form):
    return form.format(median(values)) if values else "–"


def table(head, rows):
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, ["---"] * len(head), *rows])


class Speed:
    """The figures of the last rounds that compare engines."""

    def __init__(self, lines, last):
        newest = {weights: max(line["round"] for line in lines if line["weights"] == weights)
                  for weights in {line["weights"] for line in lines}}
        self.lines = [line for line in lines if line["round"] > newest[line["weights"]] - last]
        self.formats = [weights for weights in FORMATS if weights in newest]

    def of(self, engine, weights):
        return [line for line in self.lines if line["engine"] == engine and line["weights"] == weights]

    def figure(self, engine, weights, key):
        """Round -> value; where an engine ran in several modes, the best of a round."""
        best = {}
        for line in self.of(engine, weights):
            best[line["round"]] = max(best.get(line["round"], 0), median(line[key]))
        return best

    def ratios(self, weights, key, other, ours="sextant"):
        mine, theirs = self.figure(ours, weights, key), self.figure(other, weights, key)
        return [mine[i] / theirs[i] for i in mine if i in theirs]

    def shares(self, engine, weights, key):
        """Of what the machine read or multiply-added beside each sample."""
        if key == "decode":
            return [median(rate * line["decode_bytes"] / limit for rate, limit in zip(line["decode"], line["read"]))
                    for line in self.of(engine, weights)]
        return [median(rate / PROMPT * line["prefill_operations"] / limit
                       for rate, limit in zip(line["prefill"], line["multiply_add"]))
                for line in self.of(engine, weights)]

    def limit(self, key):
        return [median(line[key]) / 1e9 for line in self.lines if key in line]

    def row(self, engine, weights, key):
        ours = self.figure(engine, weights, key)
        peers = [self.figure(peer, weights, key) for peer in ("llama.cpp", "jlama")]
        return [*(spread(list(values.values())) for values in (ours, *peers)),
                *(typical(self.ratios(weights, key, peer, engine), "{:.2f}") for peer in ("llama.cpp", "jlama")),
                typical(self.shares(engine, weights, key), "{:.0%}").replace("%", " %")]

    def table(self, key, limit):
        head = ["weights", "Sextant", "llama.cpp", "Jlama", "to llama.cpp", "to Jlama", f"share of {limit}"]
        rows = [[weights, *self.row("sextant", weights, key)] for weights in self.formats]
        if self.of("sextant scalar", "F32"):
            rows.append(["F32, plain Java", *self.row("sextant scalar", "F32", key)])
        return table(head, rows)

    def text(self):
        first, last = self.lines[0], self.lines[-1]
        rounds = min(len(self.figure("sextant", weights, "decode")) for weights in self.formats)
        jdk = next(line["jdk"] for line in self.lines if line["engine"] == "sextant")
        return "\n\n".join([
            f"{first['time'][:10]}{' to ' + last['time'][:10] if last['time'][:10] != first['time'][:10] else ''}, "
            f"rounds: {rounds}, {first['threads']} threads, {processor()}, JDK {jdk}; {VERSIONS}. Read limit "
            f"{spread(self.limit('read'))} GB/s, multiply-add limit {spread(self.limit('multiply_add'))} GFLOP/s.",
            "Decoding 128 tokens, tokens/s:", self.table("decode", "read limit"),
            f"Reading a prompt of {PROMPT} tokens, tokens/s:", self.table("prefill", "multiply-add limit")])


def start_text(lines):
    """From the start of the process, in ms, of the last measurement of each kind."""
    engines = {"sextant plain": "Sextant", "sextant aot": "Sextant with an AOT cache",
               "sextant cds": "Sextant with a CDS archive, serial GC, early compilation", "llama.cpp": "llama.cpp"}
    rows = []
    for engine, title in engines.items():
        runs = [line for line in lines if line["engine"] == engine][-5:]
        if not runs:
            continue
        column = lambda key: spread([1000 * run[key] for run in runs if key in run])
        opened = spread([1000 * (run["ready"] - run["main"]) for run in runs if "ready" in run])
        token = column("token") if "token" in runs[0] else column("end")
        rows.append([title, column("main"), opened, token, spread([run["memory"] for run in runs])])
    return table(["", "start to `main`, ms", "`main` to model ready, ms", "start to first token, ms", "peak memory, MiB"],
                 rows)


def growth_text(lines):
    last = {line["growth"]: line for line in lines}
    decode, prefill, load = (last[what] for what in ("decode", "prefill", "load"))
    longer = table(
        ["tokens", "a token behind so many, ms", "a prompt of so many, ms", "per token, ms"],
        [[f"{n:.0f}", number(1000 * token), number(1000 * prompt), number(1000 * prompt / n)]
         for n, token, prompt in zip(decode["sizes"], decode["seconds"], prefill["seconds"])])
    larger = table(["file, GiB", "to open, ms"],
                   [[number(size / 2**30), number(1000 * seconds)] for size, seconds in zip(load["sizes"], load["seconds"])])
    return "\n\n".join([
        longer,
        f"Fitted exponents (cost ~ size^b): a token {decode['exponent']:.2f}; what it costs more than the first token, which "
        f"takes {number(1000 * decode['alone'])} ms, from 1024 on {decode['exponent_of_looking_back']:.2f}; a prompt "
        f"{prefill['exponent']:.2f}; opening {load['exponent']:.2f}.",
        larger])


def processor():
    try:
        facts = dict(re.findall(r"^(model name|cpu family|model)\s*:\s*(.*)$", Path("/proc/cpuinfo").read_text("utf-8"), re.M))
    except OSError:
        facts = {}
    if "model name" not in facts:
        return platform.processor() or platform.machine()
    return f"{facts['model name']} (family {facts.get('cpu family', '?')}, model {facts.get('model', '?')})"


def replace(document, name, text):
    begin, end = f"<!-- measured: {name} -->", f"<!-- end: {name} -->"
    if begin not in document or end not in document:
        raise SystemExit(f"{DOCUMENT} lacks the markers {begin} and {end}")
    before, rest = document.split(begin, 1)
    return before + begin + "\n" + text + "\n" + end + rest.split(end, 1)[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--last", type=int, default=5, metavar="ROUNDS", help="how many rounds count, the last ones")
    last = parser.parse_args().last
    lines = [json.loads(line) for line in RESULTS.read_text("utf-8").splitlines()]
    kinds = {kind: [line for line in lines if line["kind"] == kind] for kind in ("speed", "start", "growth")}
    document = DOCUMENT.read_text("utf-8")
    if kinds["speed"]:
        document = replace(document, "speed", Speed(kinds["speed"], last).text())
    if kinds["start"]:
        document = replace(document, "start", start_text(kinds["start"]))
    if {line["growth"] for line in kinds["growth"]} == {"decode", "prefill", "load"}:
        document = replace(document, "growth", growth_text(kinds["growth"]))
    DOCUMENT.write_text(document, "utf-8")


if __name__ == "__main__":
    main()
