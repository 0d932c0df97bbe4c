#!/usr/bin/env python3
"""Compiles program texts with the compilers of GPU vendors, counts what comes out and fails on faults; needs no GPU.

Called by ci/gpu-compile, which gets the compilers (compilers) and writes the texts (the workbench's command texts). Each text is
compiled for every target; what a compiler made of it is read from its assembly and reports, as a set of measures of each kernel:

    registers       of a work-item
    spills          registers that do not fit, in bytes or counted as the compiler does
    private         bytes of private arrays that did not become registers (1: there are some)
    local           bytes of local memory of a work-group
    instructions    of the kernel as it stands (Intel: of 16 work-items; subroutines of NVIDIA's for rare cases are left out)
    in loops        those of them that are in loops
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
import shutil
import subprocess
import sys
import tempfile

TARGETS = {"nvidia": ["sm_75", "sm_90"], "amd": ["gfx906", "gfx1030", "gfx1100"], "intel": ["dg2"], "strict": ["clang-15"]}
MEASURES = ["registers", "spills", "private", "local", "instructions", "in loops", "per element", "load", "store", "fma", "div64",
            "div32", "barriers"]
# What texts that move several elements at once are known by: the bits of vector types behind pointers to global memory.
VECTOR_BITS = {"char": 8, "uchar": 8, "short": 16, "ushort": 16, "half": 16, "int": 32, "uint": 32, "float": 32, "long": 64, "ulong": 64,
               "double": 64}
WIDEST = 128
TIMEOUT = 300


class Refused(Exception):
    """A compiler did not take a text."""


def run(command, **more):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=TIMEOUT, **more)


def error_of(result):
    lines = [line for line in (result.stderr + "\n" + result.stdout).splitlines() if re.search(r"\berror\b", line, re.I)]
    return " | ".join(lines[:3]) or (result.stderr + result.stdout).strip()[-300:] or f"exit code {result.returncode}"


def of_loops(targets, labels):
    """The instructions that are in loops, given the labels that each instruction may branch to. A branch to itself is no loop."""
    inside = set()
    for at, names in enumerate(targets):
        for name in names:
            begin = labels.get(name, at)
            if begin < at:
                inside.update(range(begin, at + 1))
    return inside


def with_loops(places, loops):
    return len(places), sum(place in loops for place in places)


# ---- NVIDIA: the front end of the driver, ptxas, nvdisasm

def nvidia(tools, text, options, folder):
    root = os.path.join(tools, "nvidia/usr")
    write(folder, "a.cl", text)
    library = next(os.path.join(at, name) for at, _, names in os.walk(root) for name in names
                   if re.match(r"libnvidia-nvvm\.so\.\d+\.", name))
    result = run([os.path.join(tools, "nvidia/front-end"), library, "a.cl", "a.ptx",
                  options + " -cl-nv-cstd=CL1.2 -cl-nv-arch sm_75 -nv-m64"], cwd=folder)
    if result.returncode:
        raise Refused(error_of(result))
    ptx = read(folder, "a.ptx")
    of_ptx = ptx_kernels(ptx)
    found = {}
    for target in TARGETS["nvidia"]:
        # ptxas of CUDA 11.8 takes PTX up to version 7.8, which these instructions do not exceed.
        write(folder, "b.ptx", re.sub(r"^\.version 8\.\d", ".version 7.8", ptx, flags=re.M).replace(".target sm_75",
                                                                                                   ".target " + target))
        result = run([os.path.join(root, "bin/ptxas"), "-v", "-arch=" + target, "b.ptx", "-o", "b.cubin"], cwd=folder)
        if result.returncode:
            raise Refused(target + ": " + error_of(result))
        kernels = {}
        for block in result.stderr.split("Compiling entry function '")[1:]:
            used = re.search(r"Used (\d+) registers(?:.*?(\d+) bytes smem)?", block)
            stack, spills = re.search(r"(\d+) bytes stack frame, (\d+) bytes spill stores", block).groups()
            name = block.split("'")[0]
            kernels[name] = dict(of_ptx[name], registers=int(used[1]), spills=int(spills), local=int(used[2] or 0))
            # Spills lie in the stack frame too.
            kernels[name]["private"] = max(of_ptx[name]["private"], int(stack) if not int(spills) else 0)
        sass = run([os.path.join(root, "bin/nvdisasm"), "-c", "b.cubin"], cwd=folder)
        if sass.returncode:
            raise Refused(target + ": " + error_of(sass))
        for section in re.split(r"^\s*\.section\s+\.text\.", sass.stdout, flags=re.M)[1:]:
            kernels[re.match(r"[^,]+", section)[0]].update(sass_measures(section))
        found[target] = kernels
    return found


def ptx_kernels(ptx):
    kernels = {}
    for block in re.split(r"^(?:\.visible )?\.entry ", ptx, flags=re.M)[1:]:
        labels, targets, divisions = {}, [], {"64": [], "32": []}
        for line in block.splitlines():
            label = re.match(r"(\$?\w+):", line)
            if label:
                labels[label[1]] = len(targets)
            operation = re.match(r"\s+(?:@!?%p\d+ )?\s*([a-z][\w.]*)\s", line)
            if operation and line.rstrip().endswith(";"):
                division = re.match(r"(?:div|rem)\.[us](64|32)$", operation[1])
                if division:
                    divisions[division[1]].append(len(targets))
                targets.append(re.findall(r"\$\w+", line) if operation[1].startswith("bra") else [])
        loops = of_loops(targets, labels)
        depot = re.search(r"\.local .*__local_depot\d+\[(\d+)\]", block)
        kernels[re.match(r"\w+", block)[0]] = {
            "div64": with_loops(divisions["64"], loops), "div32": with_loops(divisions["32"], loops),
            "flushes": ".ftz" in block, "private": int(depot[1]) if depot else 0,
            # ptxas may fuse a product that does not state its rounding with a sum.
            "contracts": bool(re.search(r"\bmul\.f(?:32|64)\b", block))}
    return kernels


def sass_measures(section):
    labels, targets, measures = {}, [], collections.Counter(instructions=0, fma=0, barriers=0)
    widths = {"load": set(), "store": set()}
    for line in section.splitlines():
        if re.match(r"\$.*:", line):
            break                                       # a subroutine, such as the one for rare operands of a division
        label = re.match(r"\s*(\.L_\w+):", line)
        if label:
            labels[label[1]] = len(targets)
        found = re.match(r"\s*/\*[0-9a-f]{4,}\*/\s+(?:@!?U?P\w+ )?([A-Z][A-Z0-9_.]+)", line)
        if not found or found[1] == "NOP":
            continue
        operation = found[1]
        targets.append(re.findall(r"\.L_\w+", line) if operation.startswith("BRA") else [])
        measures["fma"] += operation.startswith(("FFMA", "DFMA"))
        measures["barriers"] += operation.startswith("BAR.")
        if operation.startswith(("LDG", "STG")):
            bits = re.search(r"\.(?:U|S)?(128|64|16|8)\b", operation)
            widths["load" if operation[0] == "L" else "store"].add(int(bits[1]) if bits else 32)
    return dict(measures, instructions=len(targets), **{"in loops": len(of_loops(targets, labels))}, **as_lists(widths))


# ---- AMD: clang with ROCm's device libraries

def amd(tools, text, options, folder):
    write(folder, "a.cl", text)

    def compiled(target, *more):
        result = run(["clang-15", "-x", "cl", *options.split(), "-target", "amdgcn-amd-amdhsa", "-mcpu=" + target,
                      "--rocm-device-lib-path=" + os.path.join(tools, "amd/usr/lib/x86_64-linux-gnu/amdgcn/bitcode"), "-O3", "-w",
                      "-S", *more, "-o", "a.out", "a.cl"], cwd=folder)
        if result.returncode:
            raise Refused(target + ": " + error_of(result))
        return read(folder, "a.out")

    of_ir = ir_kernels(compiled(TARGETS["amd"][-1], "-emit-llvm"))
    found = {}
    for target in TARGETS["amd"]:
        assembly = compiled(target)
        spills = dict(re.findall(r"\.name: +(\w+)\n(?:(?!\.name:).)*?\.vgpr_spill_count: (\d+)", assembly, re.S))
        found[target] = {}
        for name in re.findall(r"^\s*\.amdhsa_kernel (\w+)", assembly, re.M):
            body, notes = re.search(rf"^{name}:(.*?)\.amdhsa_kernel {name}\n(.*?)\.end_amdhsa_kernel", assembly,
                                    re.M | re.S).groups()
            said = dict(re.findall(r"\.amdhsa_(\w+) (\d+)", notes))
            spilled = int(spills.get(name, 0))
            found[target][name] = dict(
                amd_measures(body), **of_ir[name], registers=int(said["next_free_vgpr"]), spills=spilled,
                # Spills lie there too.
                private=0 if spilled else int(said["private_segment_fixed_size"]), local=int(said["group_segment_fixed_size"]),
                flushes=said["float_denorm_mode_32"] != "3" or said["float_denorm_mode_16_64"] != "3")
    return found


def ir_kernels(ir):
    """Divisions become long sequences behind this form, parts of which leave loops."""
    kernels = {}
    for name, body in re.findall(r"^define [^\n]*amdgpu_kernel void @(\w+)\(.*?\{\n(.*?)^\}", ir, re.M | re.S):
        labels, targets, divisions = {"0": 0}, [], {"64": [], "32": []}
        for line in body.splitlines():
            label = re.match(r"([\w.]+):", line)
            if label:
                labels[label[1]] = len(targets)
            elif line.strip():
                division = re.search(r"= [us](?:div|rem) (?:exact )?i(64|32) ", line)
                if division:
                    divisions[division[1]].append(len(targets))
                targets.append(re.findall(r"label %([\w.]+)", line) if line.lstrip().startswith(("br ", "switch ")) else [])
        loops = of_loops(targets, labels)
        kernels[name] = {"div64": with_loops(divisions["64"], loops), "div32": with_loops(divisions["32"], loops),
                         "contracts": bool(re.search(r"@llvm\.fmuladd\.|\bcontract\b", body))}
    return kernels


def amd_measures(body):
    labels, targets = {}, []
    measures, widths = collections.Counter(fma=0, barriers=0), {"load": set(), "store": set()}
    for line in body.splitlines():
        label = re.match(r"(\.LBB\w+):", line)
        if label:
            labels[label[1]] = len(targets)
        found = re.match(r"\s+((?:v|s|ds|global|flat|buffer|scratch)_\w+)", line)
        if not found:
            continue
        operation = found[1]
        targets.append(re.findall(r"\.LBB\w+", line) if "branch" in operation else [])
        measures["fma"] += len(re.findall(r"\bv_(?:dual_|pk_)?(?:fma|fmac|fmaak|fmamk)_f(?:32|64)", line))
        measures["barriers"] += operation == "s_barrier"
        access = re.match(r"(?:global|flat|buffer)_(load|store)_(\w+)", operation)
        if access:
            kind = access[2]
            bits = re.match(r"[biu](\d+)|dword(?:x(\d))?", kind)
            widths[access[1]].add((int(bits[1]) if bits[1] else 32 * int(bits[2] or 1)) if bits
                                  else 16 if "short" in kind or "16" in kind else 8)
    return dict(measures, instructions=len(targets), **{"in loops": len(of_loops(targets, labels))}, **as_lists(widths))


# ---- Intel: ocloc

def intel(tools, text, options, folder):
    root = os.path.join(tools, "intel/usr")
    environment = dict(os.environ, LD_LIBRARY_PATH=os.path.join(root, "lib/x86_64-linux-gnu"))
    # DG2 has no double; a generation that has compiles such texts, whose accesses are named otherwise.
    double = "cl_khr_fp64" in text
    device = "skl" if double else "dg2-g10"
    write(folder, "a.cl", text)
    result = run([os.path.join(root, "bin/ocloc"), "compile", "-file", "a.cl", "-device", device, "-options", options, "-out_dir", ".",
                  "-output", "a"], cwd=folder, env=environment)
    made = [name for name in os.listdir(folder) if name.startswith("a_") and name.endswith(".bin")]
    if result.returncode or not made:
        raise Refused(error_of(result))
    run([os.path.join(root, "bin/ocloc"), "disasm", "-file", made[0], "-dump", "d", "-device", device], cwd=folder, env=environment)
    kernels = {}
    for part in read(folder, "d/PTM.txt").split("KernelName ")[1:]:
        name = part.split()[0]
        tokens = {number: octets.split() for number, octets in re.findall(r"4 Token (\d+)\n\s*4 Size \d+\n\s*Hex ([0-9a-f ]+)", part)}
        kernels[name] = dict(intel_measures(read(folder, f"d/{name}_KernelHeap.asm"), double), registers=128,
                             spills=number_in(tokens.get("18"), 1), private=number_in(tokens.get("38"), 3),
                             local=number_in(tokens.get("15"), 1), contracts=False)
    return {"dg2": kernels}


def number_in(token, place):
    """A number of 32 bits in the octets of a token of the binary's description: of scratch memory for spills (18), private memory
    (38) and local memory (15). 0 if there is no such token."""
    return int.from_bytes(bytes(int(octet, 16) for octet in token[4 * place:4 * place + 4]), "little") if token else 0


def intel_measures(assembly, double):
    labels, targets, lanes = {}, [], 1
    measures, widths = collections.Counter(fma=0, barriers=0), {"load": set(), "store": set()}
    flushes = True
    for line in assembly.splitlines():
        label = re.match(r"(L\d+):", line)
        if label:
            labels[label[1]] = len(targets)
        found = re.match(r"\s*(?:\([^)]*\)\s*)?([a-z][\w.]*) +\((\d+)\|M(\d+)\)", line)
        if not found and not re.match(r"\s*(?:\([^)]*\)\s*)?(jmpi|while|goto|sync\.bar)\b", line):
            continue
        operation = found[1] if found else "jmpi"
        targets.append(re.findall(r"\bL\d+\b", line) if operation.startswith(("jmpi", "goto", "while")) else [])
        measures["barriers"] += "sync.bar" in line
        if found and int(found[2]) > 1:
            lanes = max(lanes, int(found[2]) + int(found[3]))
            measures["fma"] += operation.startswith("mad") and bool(re.search(r":(?:f|df)\b", line))
        access = re.search(r"(load|store)\.ugm\.d(\d+)(?:u32)?(?:x(\d))?", line)
        if access:
            widths[access[1]].add(int(access[2]) * int(access[3] or 1))
        mode = re.search(r"\bor \(1\|M0\)\s+cr0\S*\s+cr0\S*\s+0x([0-9A-Fa-f]+)", line)
        if mode:
            flushes = not int(mode[1], 16) & 0x80       # the bit that keeps subnormals of float32
    share = 16 / lanes
    return {"instructions": round(len(targets) * share), "in loops": round(len(of_loops(targets, labels)) * share),
            "fma": round(measures["fma"] * share), "barriers": measures["barriers"], "flushes": flushes, "unknown widths": double,
            **as_lists(widths)}


# ---- a strict front end

def strict(tools, text, options, folder):
    write(folder, "a.cl", text)
    result = run(["clang-15", "-x", "cl", *options.split(), "-target", "spir64", "-pedantic-errors", "-Werror",
                  "-Wno-unused-command-line-argument", "-fsyntax-only", "a.cl"], cwd=folder)
    if result.returncode:
        raise Refused(error_of(result))
    return {"clang-15": {}}




# ---- what a text asks for

def wide(tools, text, options, folder):
    """The kernels that move several elements at once, with the bits: those that, or whose functions, mention pointers to vectors in
    global memory, or vload and vstore of the elements behind a pointer to global memory."""
    write(folder, "a.cl", text)
    plain = run(["clang-15", "-x", "cl", *options.split(), "-E", "-P", "-w", "a.cl"], cwd=folder).stdout
    bodies, kernels = {}, []
    for found in re.finditer(r"([^;{}]*?)\b(\w+)\s*\(([^()]*)\)\s*(?:__attribute__\s*\(\(.*?\)\)\s*)?\{", plain):
        depth, end = 1, found.end()
        while depth and end < len(plain):
            depth += {"{": 1, "}": -1}.get(plain[end], 0)
            end += 1
        if found[2] not in ("if", "for", "while", "switch"):
            bodies[found[2]] = found[3] + " " + plain[found.end():end]
            if re.search(r"\b(?:__)?kernel\b", found[1]):
                kernels.append(found[2])
    found = {}
    for kernel in kernels:
        reached, waiting = set(), [kernel]
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting += [word for word in set(re.findall(r"\w+", bodies[name])) if word in bodies]
        mine = " ".join(bodies[name] for name in reached)
        bits = [VECTOR_BITS[kind] * int(count) for kind, count in re.findall(
            r"global\s+(?:const\s+)?(" + "|".join(VECTOR_BITS) + r")(2|4|8|16)\s*(?:const\s*)?\*", mine)]
        elements = [VECTOR_BITS[kind] for kind in re.findall(
            r"global\s+(?:const\s+)?(" + "|".join(VECTOR_BITS) + r")\s*\*", bodies[kernel])]
        bits += [int(count) * max(elements, default=32) for count in re.findall(r"\bv(?:load|store)(2|4|8|16)\b", mine)]
        if bits:
            found[kernel] = min(WIDEST, max(bits))
    return found


VENDORS = {"nvidia": nvidia, "amd": amd, "intel": intel, "strict": strict, "wide": wide}


def as_lists(widths):
    return {kind: sorted(bits) for kind, bits in widths.items()}


def write(folder, name, text):
    with open(os.path.join(folder, name), "w") as file:
        file.write(text)


def read(folder, name):
    with open(os.path.join(folder, name), errors="replace") as file:
        return file.read()


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
        faults.append(f"narrow access: {wide} bits are asked for, none has more than {max(measures['load'] + measures['store'])}")
    if measures.get("div64", (0, 0))[1]:
        faults.append(f"division: {measures['div64'][1]} of 64 bits in a loop")
    return faults


def compare_fma(results):
    """A compiler that fuses although it is told not to makes more fused multiply-adds than the two others make of a kernel without
    loops. Fewer are no fault: what is computed twice, or is the same for all work-items, may be computed once."""
    counts = collections.defaultdict(list)
    for (vendor, _), measures in results.items():
        if not measures["in loops"] and not measures.get("unknown widths"):
            counts[vendor].append(measures["fma"])
    faults = {}
    for vendor, mine in counts.items():
        others = [max(count) for other, count in counts.items() if other != vendor]
        if len(others) > 1 and max(mine) > max(others):
            faults[vendor] = f"contraction: {max(mine)} fma, other vendors' compilers make at most {max(others)}"
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
    for path in [os.path.abspath(__file__)] + [os.path.join(tools, vendor, "version") for vendor in sorted(TARGETS)]:
        if os.path.exists(path):
            with open(path, "rb") as file:
                version.update(file.read())
    work = [(tools, cache, version.hexdigest(), vendor, text.name, text.text, text.options) for text in texts
            for vendor in [*vendors, *["wide"] * bool(shutil.which("clang-15"))]]
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
        asked = done.get((text.name, "wide"), {}).get("kernels", {})
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

def load_limits(path):
    """Lines of limits.tsv: pattern of a name in the index, pattern of a kernel, target, measure, the most allowed."""
    with open(path) as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    return [dict(zip(["name", "kernel", "target", "measure", "most"], row[:4] + [float(row[4])])) for row in rows]


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
                        and fnmatch.fnmatchcase(line["target"], limit["target"]):
                    found = value(line, limit["measure"], row)
                    if found is not None:
                        met.add(number)
                        if found > limit["most"]:
                            line["faults"].append(f"limit: {found:.4g} {limit['measure']} ({row['shape']}), at most "
                                                  f"{limit['most']:.4g}")
    return [limit for number, limit in enumerate(limits) if number not in met]


def propose(lines, path):
    """Writes lines for limits.tsv with the counts of today, one for each kernel and target."""
    proposed = ["# name\tkernel\ttarget\tmeasure\tmost: as counted now"]
    for line in lines:
        if not line["measures"] or not line["text"].rows:
            continue
        row = next((row for row in line["text"].rows if row["kernel"] == line["kernel"]), None)
        if row is None:
            continue
        measure = "in loops" if line["measures"]["in loops"] else "per element"
        proposed.append("\t".join([row["name"], row["kernel"], line["target"], measure, f"{value(line, measure, row):.4g}"]))
    with open(path, "w") as file:
        file.write("\n".join(proposed) + "\n")


# ---- what is shown

def shown(measure, measures):
    found = measures.get(measure)
    if measure in ("load", "store"):
        return "?" if measures.get("unknown widths") else "/".join(map(str, found))
    if measure in ("div64", "div32"):
        return "" if found is None else f"{found[0]} ({found[1]})" if found[0] else "0"
    return "" if found is None else str(found)


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
    """Compiles kernels that are faulty on purpose: a line "// fault: KIND of VENDOR, ..." says what must be found, "// options:"
    with which options, "// fault: none" that nothing may be."""
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
    parser.add_argument("--self-test", action="store_true", help="compile the kernels that are faulty on purpose")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    given = parser.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))
    vendors = given.vendors.split(",")
    tools, out = os.path.abspath(given.tools), os.path.abspath(given.out)
    os.makedirs(out, exist_ok=True)
    good = True
    if given.self_test:
        good = self_test(os.path.join(here, "faults"), vendors, tools, out, given.jobs)
    if given.texts:
        with open(os.path.join(here, "representative")) as file:
            patterns = given.only or [line.strip() for line in file if line.strip() and not line.startswith("#")]
        texts = read_index(given.texts, given.all and not given.only, patterns)
        lines = judge(texts, vendors, compile_all(texts, vendors, tools, out, given.jobs))
        limits = load_limits(os.path.join(here, "limits.tsv"))
        unmet = apply_limits(lines, limits)
        tables(lines, out)
        if given.update:
            propose(lines, os.path.join(out, "limits.proposed.tsv"))
        bad = [line for line in lines if line["faults"]]
        for line in bad:
            print(f"{line['text'].name[:-3]} {line['kernel']} {line['target']}: " + "; ".join(line["faults"]))
        if given.all and not given.only and set(TARGETS) <= set(vendors):
            for limit in unmet:
                print(f"limits.tsv: no kernel is of {limit['name']} {limit['kernel']} {limit['target']} {limit['measure']}")
                good = False
        print(f"{len(texts)} texts, {sum(bool(line['measures']) for line in lines)} kernels of targets, {len(bad)} with faults; "
              f"tables: {os.path.join(out, 'table.txt')}, table.tsv")
        good = good and not bad and bool(texts)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
