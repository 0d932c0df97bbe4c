# Shared by the scripts beside it, which source it. It moves to the project's root.
# shellcheck shell=bash
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
workbench_jar=$root/bench/target/axoncl-bench.jar

say() { printf '\n==> %s\n' "$*"; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# A JDK, not a JRE, of version 17 or newer; Maven.
need_tools() {
    local java
    java=$(java_command)
    have "$java" || die "no java: install a JDK 17 or newer (Debian/Ubuntu: apt-get install openjdk-17-jdk-headless)"
    local version
    version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')
    case $version in 1.*) version=${version#1.} ;; esac
    [ "${version:-0}" -ge 17 ] || die "Java $version found, 17 or newer is needed; set JAVA_HOME"
    have mvn || die "no mvn: install Maven 3.8 or newer (Debian/Ubuntu: apt-get install maven)"
}

java_command() {
    if [ -n "${JAVA_HOME:-}" ]; then echo "$JAVA_HOME/bin/java"; else echo java; fi
}

maven() { mvn -B -ntp -q -Dstyle.color=never "$@"; }

# The surroundings that the OpenCL drivers need. PoCL before 4.0 installs a signal handler after which an integer division by
# zero in Java no longer throws, unless this variable is 0 when the JVM starts. Its cache must not be shared by processes.
opencl_environment() {
    export POCL_SIGFPE_HANDLER=0
    # A compiler inside the process (LLVM in PoCL) replaces the signal handlers that the JVM lives by; libjsig keeps the JVM first.
    local home
    home=$(dirname "$(dirname "$(readlink -f "$(command -v "$(java_command)")")")")
    if [ -f "$home/lib/libjsig.so" ] && [ -z "${LD_PRELOAD:-}" ]; then
        export LD_PRELOAD=$home/lib/libjsig.so
    fi
    if [ -z "${POCL_CACHE_DIR:-}" ]; then
        POCL_CACHE_DIR=$root/target/pocl-cache/$$
        export POCL_CACHE_DIR
    fi
    mkdir -p "$POCL_CACHE_DIR"
}

# Whether the workbench is older than what it is made of.
workbench_stale() {
    [ ! -f "$workbench_jar" ] ||
        [ -n "$(find pom.xml kernels src bench/pom.xml bench/src -newer "$workbench_jar" -print -quit)" ]
}

workbench() {
    "$(java_command)" -jar "$workbench_jar" "$@"
}

# The first .icd file of a pattern, or nothing.
find_icd() {
    find -L /etc/OpenCL/vendors -maxdepth 1 -name "$1" 2>/dev/null | sort | head -n 1 || true
}

# Oclgrind's library for use as a driver, which no package registers, or nothing.
find_oclgrind() {
    local folders=() folder
    for folder in /usr/lib /usr/local/lib /opt; do
        [ -d "$folder" ] && folders+=("$folder")
    done
    [ ${#folders[@]} -eq 0 ] || find -L "${folders[@]}" -maxdepth 3 -name 'liboclgrind-rt-icd.so' 2>/dev/null | sort | head -n 1 || true
}

# A folder without drivers: with OCL_ICD_VENDORS set to it there is no OpenCL platform.
empty_vendors() {
    mkdir -p "$root/target/no-vendors"
    echo "$root/target/no-vendors"
}

# "VERSION HOME" of the JDKs to test with: 17 and 25 as far as they are installed, else the one in use.
test_jdks() {
    local found="" wanted home
    for wanted in 17 25; do
        for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
            if [ -n "$home" ] && [ -x "$home/bin/javac" ] && [ "$(jdk_version "$home")" = "$wanted" ]; then
                echo "$wanted $home"
                found=yes
                break
            fi
        done
    done
    if [ -z "$found" ]; then
        home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /none/bin/javac)")")")}
        [ ! -x "$home/bin/javac" ] || echo "$(jdk_version "$home") $home"
    fi
}

# The feature version of the JDK in a folder, for example 17.
jdk_version() {
    "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p'
}
