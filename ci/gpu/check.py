#!/usr/bin/env python3
"""Compiles program texts with the compilers of GPU vendors, counts what comes out and fails on faults; needs no GPU.

Called by ci/gpu-compile, which gets the compilers (compilers) and writes the texts (the workbench's command texts). Each text
is compiled for every target (toolchains.py); what a compiler made of it is read from its assembly and reports, as measures of
each kernel:

    registers       of a work-item
    spills          registers that do not fit, in bytes or counted as the compiler does
    private         bytes of private arrays that did not become registers (1: there are some)
    local           bytes of local memory of a work-group
    instructions    of the kernel as it stands (Intel: of 16 work-items; subroutines of NVIDIA's for rare cases are left out)
    in loops        those of them that are in loops with no loop within
    per element     instructions / elements of a work-item, for kernels without loops
    load, store     bits of accesses to global memory
    fma             fused multiply-adds
    div64, div32    integer divisions, in brackets those in loops (not counted for Intel)
    barriers

Results are kept by the hash of everything that they depend on, so that a second run compiles only what has changed.
"""
import argparse
import collections
import concurrent.futures
import csv
import fnmatch
import hashlib
import json
import os
import re
import sys
import tempfile

import toolchains
from toolchains import TARGETS, VENDORS, Refused, read

MEASURES = ["registers", "spills", "private", "local", "instructions", "in loops", "per element", "load", "store", "fma",
            "div64", "div32", "barriers"]


# ---- faults

def faults_of(measures, wide):
    faults = []
    if measures["spills"]:
        faults.append(f"spill: {measures['spills']}")
    if measures["private"]:
        faults.append(f"private array: {measures['private']} bytes")
    if measures["flushes"]:
        faults.append("flushing: subnormals are not kept")
    if measures["contracts"]:
        faults.append("contraction: products and sums may be fused")
    if wide and not measures.get("unknown widths") and max(measures["load"] + measures["store"], default=wide) < wide:
        widest = max(measures["load"] + measures["store"])
        faults.append(f"narrow access: {wide} bits are asked for, none has more than {widest}")
    if measures.get("div64", (0, 0))[1]:
        faults.append(f"division: {measures['div64'][1]} of 64 bits in a loop")
    return faults


# Fused multiply-adds of floats in Intel's quotient of integers of 32 bits.
FMA_OF_DIVISION = 2


def compare_fma(results):
    """Where a compiler does not show whether it may fuse, as others do: one that does although it is told not to makes more fused
    multiply-adds than two others make of a kernel without loops. Fewer are no fault: what is computed twice, or is the same for
    all work-items, may be computed once."""
    counts = collections.defaultdict(list)
    divisions = 0
    for (vendor, _), measures in results.items():
        if not measures["in loops"] and not measures.get("unknown widths"):
            counts[vendor].append(measures.get("written fma", measures["fma"]))
            divisions = max(divisions, measures.get("div32", (0, 0))[0])
    faults = {}
    for vendor in {vendor for (vendor, _), measures in results.items() if measures["contracts"] is None and vendor in counts}:
        most = max(counts[vendor]) - FMA_OF_DIVISION * divisions
        others = [max(count) for other, count in counts.items() if other != vendor]
        if len(others) > 1 and most > max(others):
            faults[vendor] = f"contraction: {most} fma, other vendors' compilers make at most {max(others)}"
    return faults


# ---- the whole

class Text:
    """A text with what the index says of it."""

    def __init__(self, path, rows):
        self.path, self.rows, self.name = path, rows, os.path.basename(path)
        self.options = rows[0]["options"]
        with open(path) as file:
            self.text = file.read()

    def names(self):
        return sorted({row["name"] for row in self.rows} | {self.name[:-3]})


def compile_cached(job):
    tools, cache, version, vendor, name, text, options = job
    key = hashlib.sha256("\0".join([version, vendor, options, text]).encode()).hexdigest()
    kept = os.path.join(cache, key + ".json")
    if os.path.exists(kept):
        with open(kept) as file:
            return json.load(file)
    with tempfile.TemporaryDirectory() as folder:
        try:
            result = {"kernels": VENDORS[vendor](tools, text, options, folder)}
        except Refused as refusal:
            result = {"error": " ".join(str(refusal).split())}
        except Exception as failure:                    # what a compiler printed is not as expected, or it does not end
            return {"error": f"ci/gpu/check.py: {failure!r} in {vendor} of {name}"}
    with tempfile.NamedTemporaryFile("w", dir=cache, delete=False) as file:
        json.dump(result, file)
    os.replace(file.name, kept)
    return result


def compile_all(texts, vendors, tools, out, jobs):
    """Compiles; for each text and vendor a result."""
    cache = os.path.join(out, "cache")
    os.makedirs(cache, exist_ok=True)
    version = hashlib.sha256()
    for path in [toolchains.__file__] + [os.path.join(tools, vendor, "version") for vendor in sorted(TARGETS)]:
        if os.path.exists(path):
            with open(path, "rb") as file:
                version.update(file.read())
    work = [(tools, cache, version.hexdigest(), vendor, text.name, text.text, text.options) for text in texts
            for vendor in [*vendors, "wide"]]
    done = {}
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for job, result in zip(work, pool.map(compile_cached, work)):
            done[job[4], job[3]] = result
            if sys.stderr.isatty():
                print(f"\r{len(done)} of {len(work)} ", end="", file=sys.stderr)
    return done


def judge(texts, vendors, done):
    """The lines of the table, each with its faults."""
    lines = []
    for text in texts:
        kernels = collections.defaultdict(dict)
        for vendor in vendors:
            result = done[text.name, vendor]
            if "error" in result:
                lines.append(dict(text=text, kernel="-", vendor=vendor, target=",".join(TARGETS[vendor]), measures={},
                                  faults=["does not compile: " + result["error"]]))
                continue
            for target, found in result["kernels"].items():
                for kernel, measures in found.items():
                    kernels[kernel][vendor, target] = measures
        asked = done[text.name, "wide"].get("kernels")
        if asked is None:
            lines.append(dict(text=text, kernel="-", vendor="-", target="-", measures={},
                              faults=["its accesses cannot be read: " + done[text.name, "wide"]["error"]]))
            asked = {}
        for kernel, results in sorted(kernels.items()):
            unequal = compare_fma(results)
            rows = [row for row in text.rows if row["kernel"] == kernel]
            for (vendor, target), measures in results.items():
                faults = faults_of(measures, asked.get(kernel))
                if "FP_CONTRACT OFF" not in text.text:
                    faults.append("contraction: the text does not switch it off")
                if vendor in unequal:
                    faults.append(unequal[vendor])
                if rows and not measures["in loops"]:
                    measures["per element"] = round(measures["instructions"] / float(rows[0]["elements per work-item"]), 1)
                lines.append(dict(text=text, kernel=kernel, vendor=vendor, target=target, measures=measures, faults=faults))
    return lines


# ---- limits

LIMITED = ["sm_90", "gfx1100", "dg2"]


def load_limits(path):
    """Lines of limits.tsv for each target: pattern of a name in the index, pattern of a kernel, measure, the most allowed."""
    with open(path) as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    return [dict(name=name, kernel=kernel, measure=measure, target=target, most=float(most))
            for name, kernel, measure, *of_targets in rows for target, most in zip(LIMITED, of_targets, strict=True) if most != "-"]


def value(line, measure, row):
    measures = line["measures"]
    if measure == "per element":
        return None if measures["in loops"] else measures["instructions"] / float(row["elements per work-item"])
    return measures.get(measure)


def apply_limits(lines, limits):
    """Adds a fault where a measure is above its line; returns the lines of the file that met no kernel."""
    met = set()
    for line in lines:
        if not line["measures"]:
            continue
        for row in [row for row in line["text"].rows if row["kernel"] == line["kernel"]]:
            for number, limit in enumerate(limits):
                if fnmatch.fnmatchcase(row["name"], limit["name"]) and fnmatch.fnmatchcase(row["kernel"], limit["kernel"]) \
                        and line["target"] == limit["target"]:
                    found = value(line, limit["measure"], row)
                    if found is not None:
                        met.add(number)
                        if found > limit["most"]:
                            line["faults"].append(f"limit: {found:.4g} {limit['measure']} ({row['shape']}), at most "
                                                  f"{limit['most']:.4g}")
    return [limit for number, limit in enumerate(limits) if number not in met]


def propose(lines, path):
    """Writes lines for limits.tsv with the counts of today."""
    proposed = collections.defaultdict(dict)
    for line in lines:
        if line["target"] in LIMITED and line["measures"]:
            measure = "in loops" if line["measures"]["in loops"] else "per element"
            for row in line["text"].rows:
                if row["kernel"] == line["kernel"]:
                    proposed[row["name"], row["kernel"], measure][line["target"]] = f"{value(line, measure, row):.4g}"
    with open(path, "w") as file:
        file.write("\t".join(["# name", "kernel", "measure", *LIMITED]) + "\n")
        for key, most in proposed.items():
            file.write("\t".join([*key, *(most.get(target, "-") for target in LIMITED)]) + "\n")


# ---- counts for the workbench's command model

COUNTED = ["sm_90", "gfx1100", "dg2"]
COUNTED_ROWS = [4, 64, 512, 1024]
BYTES = {"forward": 8, "backward": 12}                  # a float in, or two, and one out


def counted_row(row):
    """How many elements a row has in a kernel that the model covers, 1 if it is element-wise; else None."""
    start = f"{row['function']}.float32.{row['tier']}"
    if row["name"] == start and row["operation"] in BYTES:
        return 1
    return next((columns for columns in COUNTED_ROWS
                 if row["name"] == f"softmax.forward.float32.{row['tier']}.axis-{columns}"), None)


def counts_of(lines):
    """Lines with instructions per element. A kernel with a loop is left out: how often it runs is not counted here."""
    found = collections.OrderedDict()
    for line in lines:
        for row in line["text"].rows:
            columns = counted_row(row)
            if line["measures"] and columns and row["kernel"] == line["kernel"]:
                key = (row["function"], row["operation"], row["tier"], str(columns), str(BYTES[row["operation"]]))
                found.setdefault(key, {})[line["target"]] = value(line, "per element", row)
    return ["\t".join([*key, *(f"{of_target[target]:.2f}" for target in COUNTED)]) + "\n"
            for key, of_target in found.items() if all(of_target.get(target) for target in COUNTED)]


def write_counts(lines, path):
    with open(path, "w") as file:
        file.write("# Written by ci/gpu-compile --counts: bytes and instructions per element of float32. Rows of 1 element: "
                   "element-wise.\n")
        file.write("\t".join(["function", "operation", "precision", "row", "bytes", *COUNTED]) + "\n")
        file.writelines(counts_of(lines))


def say_stale(lines, path):
    """Says it, but fails nothing: what the model estimates hardly depends on an instruction more or less."""
    with open(path) as file:
        kept = set(file)
    stale = [line for line in counts_of(lines) if line not in kept]
    if stale:
        print(f"{len(stale)} kernels are counted otherwise than the workbench's model has it, run ci/gpu-compile --counts; "
              "now: " + stale[0].strip())


# ---- what is shown

def shown(measure, measures):
    found = measures.get(measure)
    if found is None:
        return ""
    if measure in ("load", "store"):
        return "?" if measures.get("unknown widths") else "/".join(map(str, found))
    if measure in ("div64", "div32"):
        return f"{found[0]} ({found[1]})" if found[0] else "0"
    return str(found)


def tables(lines, out):
    head = ["text", "kernel", "vendor", "target", *MEASURES, "faults"]
    rows = [[line["text"].name[:-3], line["kernel"], line["vendor"], line["target"],
             *[shown(measure, line["measures"]) for measure in MEASURES], "; ".join(line["faults"])] for line in lines]
    with open(os.path.join(out, "table.tsv"), "w", newline="") as file:
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows([head, *rows])
    columns = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    with open(os.path.join(out, "table.txt"), "w") as file:
        for row in [head, *rows]:
            file.write("  ".join(cell.ljust(width) for cell, width in zip(row, columns)).rstrip() + "\n")


def read_index(folder, everything, patterns):
    rows = collections.OrderedDict()
    with open(os.path.join(folder, "index.tsv"), newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["form"] == "gpu":
                rows.setdefault(row["file"], []).append(row)
    texts = [Text(os.path.join(folder, file), of_file) for file, of_file in rows.items()]
    return [text for text in texts if everything
            or any(fnmatch.fnmatchcase(name, pattern) for name in text.names() for pattern in patterns)]


def self_test(folder, vendors, tools, out, jobs):
    """Compiles kernels that are faulty on purpose: a line "// fault: KIND of VENDOR, ..." says what must be found,
    "// options:" with which options, "// fault: none" that nothing may be found."""
    texts = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".cl"):
            path = os.path.join(folder, name)
            options = re.search(r"^// options: (.*)$", read(folder, name), re.M)
            texts.append(Text(path, [{"options": "-cl-std=CL1.2" + (" " + options[1] if options else ""), "name": name[:-3],
                                      "kernel": kernel, "shape": "1x1x1", "elements per work-item": "1"}
                                     for kernel in re.findall(r"^kernel void (\w+)", read(folder, name), re.M)]))
    lines = judge(texts, vendors, compile_all(texts, vendors, tools, out, jobs))
    apply_limits(lines, load_limits(os.path.join(folder, "limits.tsv")))
    missed = []
    for text in texts:
        expected = re.search(r"^// fault: (.*)$", text.text, re.M)[1].split(", ")
        for vendor in vendors:
            found = [fault for line in lines if line["text"] is text and line["vendor"] == vendor for fault in line["faults"]]
            wanted = [fault.split(" of ")[0] for fault in expected if fault.endswith(" of " + vendor)]
            wrong = [kind for kind in wanted if not any(fault.startswith(kind) for fault in found)]
            wrong += ["nothing else, but " + fault for fault in found if not any(fault.startswith(kind) for kind in wanted)]
            missed += [f"{text.name}, {vendor}: expected {kind}" for kind in wrong]
    print(f"self-test: {len(texts)} kernels made faulty on purpose, {len(missed)} not judged as expected")
    for line in missed:
        print("  " + line)
    return not missed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tools", required=True, help="the folder of compilers")
    parser.add_argument("--vendors", required=True, help="those to compile with, of " + ", ".join(TARGETS))
    parser.add_argument("--out", required=True, help="the folder for the tables and the results that are kept")
    parser.add_argument("--texts", help="the folder that the workbench's command texts has written")
    parser.add_argument("--all", action="store_true", help="all texts instead of the representative ones")
    parser.add_argument("--only", action="append", help="texts with names of this pattern; may be repeated")
    parser.add_argument("--update", action="store_true", help="write limits.proposed.tsv beside the tables")
    parser.add_argument("--counts", required=True, help="the file with the counts of the workbench's model")
    parser.add_argument("--update-counts", action="store_true", help="compile what it covers and write that file")
    parser.add_argument("--self-test", action="store_true", help="compile the kernels that are faulty on purpose")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    given = parser.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))
    vendors = given.vendors.split(",")
    if given.update_counts and not {"nvidia", "amd", "intel"} <= set(vendors):
        parser.error("counts need the compilers of nvidia, amd and intel")
    tools, out = os.path.abspath(given.tools), os.path.abspath(given.out)
    os.makedirs(out, exist_ok=True)
    good = True
    if given.self_test:
        good = self_test(os.path.join(here, "faults"), vendors, tools, out, given.jobs)
    if given.texts:
        with open(os.path.join(here, "representative")) as file:
            patterns = given.only or [line.strip() for line in file if line.strip() and not line.startswith("#")]
        texts = read_index(given.texts, given.all and not given.only or given.update_counts, patterns)
        if given.update_counts:
            texts = [text for text in texts if any(map(counted_row, text.rows))]
        lines = judge(texts, vendors, compile_all(texts, vendors, tools, out, given.jobs))
        limits = load_limits(os.path.join(here, "limits.tsv"))
        unmet = apply_limits(lines, limits)
        tables(lines, out)
        if given.update_counts:
            write_counts(lines, given.counts)
        say_stale(lines, given.counts)
        if given.update:
            propose(lines, os.path.join(out, "limits.proposed.tsv"))
        bad = [line for line in lines if line["faults"]]
        for line in bad:
            print(f"{line['text'].name[:-3]} {line['kernel']} {line['target']}: " + "; ".join(line["faults"]))
        if given.all and not given.only and set(TARGETS) <= set(vendors):
            for limit in unmet:
                print(f"limits.tsv: no kernel is of {limit['name']} {limit['kernel']} {limit['target']} {limit['measure']}")
                good = False
        count = sum(bool(line["measures"]) for line in lines)
        print(f"{len(texts)} texts, {count} kernels of targets, {len(bad)} with faults; "
              f"tables: {os.path.join(out, 'table.txt')}, table.tsv")
        good = good and not bad and bool(texts)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
