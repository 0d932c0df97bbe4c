"""Calls the compilers of GPU vendors and reads measures of each kernel from what they print and make, see check.py."""
import collections
import os
import re
import subprocess

TARGETS = {"nvidia": ["sm_75", "sm_90"], "amd": ["gfx906", "gfx1030", "gfx1100"], "intel": ["dg2"], "strict": ["clang-15"]}
# The bits of elements behind pointers to global memory: what texts that move several elements at once are known by.
ELEMENT_BITS = {"char": 8, "uchar": 8, "short": 16, "ushort": 16, "half": 16, "int": 32, "uint": 32, "float": 32,
                "long": 64, "ulong": 64, "double": 64}
WIDEST = 128
TIMEOUT = 300


class Refused(Exception):
    """A compiler did not take a text."""


def run(command, **more):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=TIMEOUT, **more)


def error_of(result):
    lines = [line for line in (result.stderr + "\n" + result.stdout).splitlines() if re.search(r"\berror\b", line, re.I)]
    return " | ".join(lines[:3]) or (result.stderr + result.stdout).strip()[-300:] or f"exit code {result.returncode}"


def loops_of(targets, labels):
    """The first and the last instruction of each loop, given the labels that each instruction may branch to. A branch to itself is
    no loop."""
    return {(labels[name], at) for at, names in enumerate(targets) for name in names if labels.get(name, at) < at}


def of_loops(targets, labels):
    """The instructions that are in loops."""
    return {at for first, last in loops_of(targets, labels) for at in range(first, last + 1)}


def of_innermost_loops(targets, labels):
    """The instructions that are in loops that have none within: those that are executed most."""
    loops = loops_of(targets, labels)
    innermost = [(first, last) for first, last in loops
                 if not any(first <= other and end <= last and (first, last) != (other, end) and other != first
                            for other, end in loops)]
    return {at for first, last in innermost for at in range(first, last + 1)}


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
            # Of those that the front end writes: ptxas makes some again where a result is needed twice.
            "written fma": len(re.findall(r"^\s+(?:@!?%p\d+ )?fma\.", block, flags=re.M)),
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
    return dict(measures, instructions=len(targets), **{"in loops": len(of_innermost_loops(targets, labels))}, **as_lists(widths))


# ---- AMD: clang with ROCm's device libraries

def amd(tools, text, options, folder):
    write(folder, "a.cl", text)

    def compiled(target, *more):
        bitcode = os.path.join(tools, "amd/usr/lib/x86_64-linux-gnu/amdgcn/bitcode")
        result = run(["clang-15", "-x", "cl", *options.split(), "-target", "amdgcn-amd-amdhsa", "-mcpu=" + target,
                      "--rocm-device-lib-path=" + bitcode, "-O3", "-w", "-S", *more, "-o", "a.out", "a.cl"], cwd=folder)
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
    labels, targets, ends = {}, [], set()
    measures, widths = collections.Counter(fma=0, barriers=0), {"load": set(), "store": set()}
    for line in body.splitlines():
        label = re.match(r"(\.LBB\w+):", line)
        if label:
            labels[label[1]] = len(targets)
        found = re.match(r"\s+((?:v|s|ds|global|flat|buffer|scratch)_\w+)", line)
        if not found:
            continue
        operation = found[1]
        if operation == "s_endpgm":
            ends.add(len(targets))
        targets.append(re.findall(r"\.LBB\w+", line) if "branch" in operation else [])
        measures["fma"] += len(re.findall(r"\bv_(?:dual_|pk_)?(?:fma|fmac|fmaak|fmamk)_f(?:32|64)", line))
        measures["barriers"] += operation == "s_barrier"
        access = re.match(r"(?:global|flat|buffer)_(load|store)_(\w+)", operation)
        if access:
            kind = access[2]
            bits = re.match(r"[biu](\d+)|dword(?:x(\d))?", kind)
            widths[access[1]].add((int(bits[1]) if bits[1] else 32 * int(bits[2] or 1)) if bits
                                  else 16 if "short" in kind or "16" in kind else 8)
    # A branch back to an end of the program is no loop.
    labels = {name: at for name, at in labels.items() if at not in ends}
    return dict(measures, instructions=len(targets), **{"in loops": len(of_innermost_loops(targets, labels))}, **as_lists(widths))


# ---- Intel: ocloc

def intel(tools, text, options, folder):
    root = os.path.join(tools, "intel/usr")
    environment = dict(os.environ, LD_LIBRARY_PATH=os.path.join(root, "lib/x86_64-linux-gnu"))
    # DG2 has no double; a generation that has compiles such texts, whose accesses are named otherwise.
    double = "cl_khr_fp64" in text
    device = "skl" if double else "dg2-g10"
    write(folder, "a.cl", text)
    result = run([os.path.join(root, "bin/ocloc"), "compile", "-file", "a.cl", "-device", device, "-options", options,
                  "-out_dir", ".", "-output", "a"], cwd=folder, env=environment)
    made = [name for name in os.listdir(folder) if name.startswith("a_") and name.endswith(".bin")]
    if result.returncode or not made:
        raise Refused(error_of(result))
    run([os.path.join(root, "bin/ocloc"), "disasm", "-file", made[0], "-dump", "d", "-device", device],
        cwd=folder, env=environment)
    kernels = {}
    for part in read(folder, "d/PTM.txt").split("KernelName ")[1:]:
        name = part.split()[0]
        tokens = {number: octets.split() for number, octets in
                  re.findall(r"4 Token (\d+)\n\s*4 Size \d+\n\s*Hex ([0-9a-f ]+)", part)}
        kernels[name] = dict(intel_measures(read(folder, f"d/{name}_KernelHeap.asm"), double), registers=128,
                             spills=number_in(tokens.get("18"), 1), private=number_in(tokens.get("38"), 3),
                             local=number_in(tokens.get("15"), 1), contracts=None)
    return {"dg2": kernels}


def number_in(token, place):
    """A number of 32 bits in the octets of a token of the binary's description: of scratch memory for spills (18), private
    memory (38) and local memory (15). 0 if there is no such token."""
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
            # Some are made for half of the lanes at a time.
            measures["fma"] += int(found[2]) * (operation.startswith("mad") and bool(re.search(r":(?:f|df)\b", line)))
        access = re.search(r"(load|store)\.ugm\.d(\d+)(?:u32)?(?:x(\d))?", line)
        if access:
            widths[access[1]].add(int(access[2]) * int(access[3] or 1))
        mode = re.search(r"\bor \(1\|M0\)\s+cr0\S*\s+cr0\S*\s+0x([0-9A-Fa-f]+)", line)
        if mode:
            flushes = not int(mode[1], 16) & 0x80       # the bit that keeps subnormals of float32
    # An instruction over 8 lanes takes half the time of one over 16; one over 32 is two.
    share = min(1, 16 / lanes)
    return {"instructions": round(len(targets) * share), "in loops": round(len(of_innermost_loops(targets, labels)) * share),
            "fma": measures["fma"] // lanes, "barriers": measures["barriers"], "flushes": flushes,
            "unknown widths": double, **as_lists(widths)}


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
    """The kernels that move several elements at once, with the bits: those that, or whose functions, mention pointers to
    vectors in global memory, or vload and vstore of the elements behind a pointer to global memory."""
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
        bits = [ELEMENT_BITS[kind] * int(count) for kind, count in re.findall(
            r"global\s+(?:const\s+)?(" + "|".join(ELEMENT_BITS) + r")(2|4|8|16)\s*(?:const\s*)?\*", mine)]
        elements = [ELEMENT_BITS[kind] for kind in re.findall(
            r"global\s+(?:const\s+)?(" + "|".join(ELEMENT_BITS) + r")\s*\*", bodies[kernel])]
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
