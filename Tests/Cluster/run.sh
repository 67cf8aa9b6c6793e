#!/bin/bash
# Runs pipelines on a real Slurm of this machine, with its faults, and compares every byte with a run without it.
#
#   Tests/Cluster/run.sh [--require] TOOL
#
# Where no Slurm can run here, it says so and succeeds; with --require it fails. ONLY='plain late' runs these alone,
# DOCUMENTS=2000 makes the corpus larger. Two are tried by name alone, ONLY='timed displaced': they take minutes on a machine
# that does other work, and depend on when Slurm begins what.
#
# Most situations are tried at the same time, those in which Slurm's controller is away one after the other.
set -u
require=
[ "$1" != --require ] || { require=1; shift; }
tool=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d /tmp/cluster.XXXX)
chmod 755 "$work" # munged asks for it
"$here/cluster.sh" start "$work/slurm"
code=$?
if [ $code != 0 ]; then
    rm -rf "$work"
    echo 'cluster: no Slurm can run here: its tests are skipped'
    [ -z "$require" ] || exit 1
    exit 0
fi
trap '"$here/cluster.sh" stop "$work/slurm"; rm -rf "$work"' EXIT
for name in $(compgen -e | grep -E '^(SLURM_|SBATCH_|SRUN_|SQUEUE_|SCANCEL_)'); do unset "$name"; done
export SLURM_CONF=$work/slurm/slurm.conf XDG_CONFIG_HOME=$work/none

# A project with so many documents in the folder NAME.
project() { # NAME DOCUMENTS
    mkdir -p "$work/$1/pipelines"
    python3 - "$work/$1/corpus" "$2" << 'PYTHON'
import os, sys
folder, count = sys.argv[1], int(sys.argv[2])
for k in range(count):
    place = f"{folder}/paper{k % 7}"
    os.makedirs(place, exist_ok=True)
    with open(f"{place}/{k:05}.txt", "w") as file:
        file.write(f"Bridge {k}\n\nThe harbour office said on Monday that {k} boats had waited. Petra Holm denied it.\n"
                   f"\"We were not asked,\" said Tom Reed, who leads the union of Aldersund.\n\nAll rights with the paper.\n")
PYTHON
    printf 'title: Boats\ncorpus:\n  include: corpus/**/*.txt\nstages:\n' > "$work/$1/pipelines/p.yaml"
    for stage in clean segment tag-entities link-claims summarize-statistics; do
        echo "  - uses: $stage" >> "$work/$1/pipelines/p.yaml"
    done
    printf 'executors:\n  slurm:\n    documents-per-task: %s\n    memory: 500M\n' "$(($2 / 6))" > "$work/$1/colophon.yaml"
}
run() { (cd "$work/$1" && shift && "$tool" run pipelines/p.yaml --on slurm --force-tasks "$@"); }
fail() { # NAME WHAT
    echo "cluster: $2"
    tail -n 5 "$work/$1.log"
    touch "$work/failed"
}
# Compares a project with what a run without tasks gave.
same() { # NAME WHAT
    if diff -r -x '*.sqlite*' -x changes.md "$work/alone/outputs" "$work/$1/outputs" > "$work/$1.diff" &&
        cmp "$work/alone/pipelines/p.lock" "$work/$1/pipelines/p.lock" && [ ! -e "$work/$1/.colophon/tasks" ]; then
        echo "cluster: $2: the same bytes (${SECONDS} s)"
    else
        fail "$1" "$2: DIFFERENT ($(find "$work/$1/.colophon/tasks" 2> /dev/null | head -n 5 | tr '\n' ' '))"
        head -n 5 "$work/$1.diff"
    fi
}
# Keeps the logs of a project's tasks, which a run that ends well takes away.
keep_logs() { # NAME
    local log
    mkdir -p "$work/$1-logs"
    while [ ! -e "$work/$1-logs/end" ]; do
        for log in "$work/$1"/.colophon/tasks/*/*/pass-*/job-*/log/*.log; do
            [ ! -e "$log" ] || ln "$log" "$work/$1-logs/$(echo "${log#*/tasks/}" | tr / -)" 2> /dev/null
        done
        sleep 0.1
    done
}
# Compares what tasks have handed in with the documents that there are, in three passes: nothing is computed a second time.
once() { # NAME WHAT
    local count
    touch "$work/$1-logs/end"
    count=$(cat "$work/$1-logs"/*.log | tr -d , | awk '/ documents? handed in$/ { sum += $1 } END { print sum + 0 }')
    [ "$count" -gt 0 ] && [ "$count" -le $((3 * documents)) ] ||
        fail "$1" "$2: tasks handed in $count documents in three passes over $documents"
}
# Whether a task of a project runs: the folder of its array is the project's.
running() { squeue -h -t running -o %Z | grep -q "^$work/$1/"; } # NAME
until_running() { local k; for ((k = 0; k < 300; k++)); do running "$1" && return; sleep 0.1; done; } # NAME

named() { [[ " ${ONLY:-} " = *" $1 "* ]]; }
wanted() { [ -z "${ONLY:-}" ] || named "$1"; }
begin() { rm -rf "${work:?}/$1"; cp -r "$work/source" "$work/$1"; }
# Lines of shell before the command of each task, as long as there is a file 'trouble'.
trouble() { # NAME PARTITION-OR-TIME SHELL
    touch "$work/$1/trouble"
    mkdir -p "$work/$1-user/colophon"
    sed "s#memory: 500M#memory: 500M\n    $2\n    setup: \"test ! -e $work/$1/trouble || { $3; }\"#" \
        "$work/$1/colophon.yaml" > "$work/$1-user/colophon/colophon.yaml"
    rm "$work/$1/colophon.yaml" # a user's own settings need no consent
}
troubled() { XDG_CONFIG_HOME=$work/$1-user run "$1" > "$work/$1.log" 2>&1; }
# Waits until the run has told of so much, or has ended.
until_told() { # NAME WORDS PROCESS
    local k
    for ((k = 0; k < 1200; k++)); do
        grep -q "$2" "$work/$1.log" 2> /dev/null && return
        kill -0 "$3" 2> /dev/null || break
        sleep 0.1
    done
    fail "$1" "$1: '$2' was not told"
}

# The situations, each over a project of its own that `begin` has made.

plain() {
    keep_logs plain &
    run plain > "$work/plain.log" 2>&1
    same plain 'an array for each pass'
    once plain 'an array for each pass'
    # and nothing is submitted for what is there
    run plain > "$work/plain.log" 2>&1
    grep -q 'nothing changed' "$work/plain.log" || fail plain 'a second run did work'
}

task() {
    local k process
    run task > "$work/task.log" 2>&1 &
    for ((k = 0; k < 600; k++)); do
        process=$(pgrep -f "^[^ ]*colophon work $work/task/" | head -n 1)
        [ -z "$process" ] || break
        sleep 0.05
    done
    kill -KILL "$process"
    wait $!
    same task 'a task that was killed'
    grep -q 'killed, perhaps for its memory\|failed' "$work/task.log" || fail task 'a task that was killed is not told of'
}

# A program of that name before Slurm's own, which fails so often and can call the other one.
false_sbatch() { # NAME TIMES SHELL
    mkdir "$work/$1-bin"
    {
        echo "#!/bin/bash"
        echo "if [ \$(wc -l < '$work/$1-bin/calls') -lt $2 ]; then echo >> '$work/$1-bin/calls'; $3; fi"
        echo "exec '$(command -v sbatch)' \"\$@\""
    } > "$work/$1-bin/sbatch"
    : > "$work/$1-bin/calls"
    chmod +x "$work/$1-bin/sbatch"
}

accepted() {
    false_sbatch accepted 3 "'$(command -v sbatch)' \"\$@\" > /dev/null
        echo 'sbatch: error: Batch job submission failed: Socket timed out on send/recv operation' >&2; exit 1"
    keep_logs accepted &
    PATH=$work/accepted-bin:$PATH run accepted > "$work/accepted.log" 2>&1
    same accepted 'sbatch that times out, and whose jobs run all the same'
    once accepted 'sbatch that times out, and whose jobs run all the same'
    [ "$(wc -l < "$work/accepted-bin/calls")" = 3 ] || fail accepted 'sbatch was not called three times'
}

unwilling() {
    false_sbatch unwilling 2 \
        "echo 'sbatch: error: Batch job submission failed: Unable to contact slurm controller' >&2; exit 1"
    PATH=$work/unwilling-bin:$PATH run unwilling > "$work/unwilling.log" 2>&1
    same unwilling 'sbatch that fails twice'
}

# Packs that were handed in when nobody was there, one of them cut, one changed, one made for another plan.
packs() {
    local k folder
    run packs --detach > "$work/packs.log" 2>&1
    for ((k = 0; k < 600; k++)); do
        folder=$(echo "$work/packs"/.colophon/tasks/*/*/pass-1-*/job-0000/results)
        [ "$(find "$folder" -type f -not -name '*.part' | wc -l)" -lt 6 ] || break
        sleep 0.1
    done
    python3 - "$folder" << 'PYTHON'
import hashlib, os, sys
names = sorted(os.listdir(sys.argv[1]))
def change(name, body):
    with open(f"{sys.argv[1]}/{name}", "rb") as file: whole = file.read()
    with open(f"{sys.argv[1]}/{name}", "wb") as file: file.write(body(whole))
def other_plan(whole):
    content = bytes(32) + whole[32:-48]
    return content + len(content).to_bytes(8, "little") + hashlib.sha256(content).digest() + b"colseal1"
change(names[0], lambda whole: whole[:-100])
change(names[1], lambda whole: whole[:200] + bytes([whole[200] ^ 1]) + whole[201:])
change(names[2], other_plan)
PYTHON
    run packs > "$work/packs.log" 2>&1
    same packs 'packs that were cut, changed, and made for another plan'
    [ "$(grep -c 'is damaged; its documents are computed again' "$work/packs.log")" = 2 ] &&
        grep -q 'belongs to another plan' "$work/packs.log" || fail packs 'damaged packs are not told of'
}

killed() {
    local pause coordinator
    keep_logs killed &
    for pause in 0.5 1.5 3 6; do
        (cd "$work/killed" && exec "$tool" run pipelines/p.yaml --on slurm --force-tasks) > "$work/killed.log" 2>&1 &
        coordinator=$!
        sleep $pause; kill -KILL $coordinator 2> /dev/null; wait $coordinator 2> /dev/null
    done
    run killed > "$work/killed.log" 2>&1
    same killed 'the run killed four times'
    once killed 'the run killed four times'
}

detached() {
    local k
    keep_logs detached &
    for ((k = 0; k < 120; k++)); do
        run detached --detach > "$work/detached.log" 2>&1 || break
        grep -q '^submitted' "$work/detached.log" || break
        sleep 1.5
    done
    same detached 'a run that leaves and comes back'
    once detached 'a run that leaves and comes back'
}

stopped() {
    local coordinator
    (cd "$work/stopped" && exec "$tool" run pipelines/p.yaml --on slurm --force-tasks) > "$work/stopped.log" 2>&1 &
    coordinator=$!
    until_running stopped; kill -INT $coordinator; wait $coordinator
    sleep 3
    if squeue -h -t pending,running -o %Z | grep -q "^$work/stopped/"; then fail stopped 'Ctrl-C left jobs running'; fi
    run stopped > "$work/stopped.log" 2>&1
    same stopped 'a run that was stopped'
}

refused() {
    sed -i 's/memory: 500M/partition: nosuch/' "$work/refused/colophon.yaml"
    if run refused > "$work/refused.log" 2>&1 || ! grep -q "'partition'" "$work/refused.log"; then
        fail refused 'a partition that there is not is not told of'
    fi
}

memory() {
    # tail keeps a line until it ends
    trouble memory 'at-most: 2' 'head -c 900M /dev/zero | tail \& sleep 5'
    troubled memory &
    until_told memory 'for its memory\|out of memory' $!
    rm -f "$work/memory/trouble"
    wait $!
    same memory 'tasks that took too much memory'
}

twice() {
    local first
    run twice > "$work/twice.log" 2>&1 &
    first=$!
    run twice > "$work/twice-other.log" 2>&1
    wait $first
    same twice 'two runs at once'
    # the second has waited for the first, and found nothing to do
    cat "$work/twice.log" "$work/twice-other.log" | grep -c 'nothing changed' | grep -qx 1 ||
        fail twice 'both of two runs worked'
}

# Files that others write show up late, as on a network file system. The store stays on a disk of this machine.
late() {
    if command -v bindfs > /dev/null && [ -e /dev/fuse ]; then
        unshare --mount bash -c '
            bindfs -o attr_timeout=5,entry_timeout=5,negative_timeout=5 "$0" "$0" || exit 9
            cd "$0" && COLOPHON_STORE=$1 exec "$2" run pipelines/p.yaml --on slurm --force-tasks' \
            "$work/late" "$work/late-store" "$tool" > "$work/late.log" 2>&1
        [ $? != 9 ] || { echo 'cluster: bindfs does not work here'; tail -n 2 "$work/late.log"; }
        same late 'files that show up late'
    else
        echo 'cluster: bindfs is not installed: late views of files were not tried'
    fi
}

node() {
    run node > "$work/node.log" 2>&1 &
    until_running node; "$here/cluster.sh" node "$work/slurm" node2 off
    wait $!
    same node 'a node off in the middle'
    "$here/cluster.sh" node "$work/slurm" node2 on
}

deaf() {
    run deaf > "$work/deaf.log" 2>&1 &
    until_running deaf; "$here/cluster.sh" node "$work/slurm" node3 deaf; sleep 12
    "$here/cluster.sh" node "$work/slurm" node3 hears
    wait $!
    same deaf 'a node that answers nobody for a while'
}

controller() {
    run controller > "$work/controller.log" 2>&1 &
    until_running controller; "$here/cluster.sh" controller "$work/slurm" off; sleep 12
    "$here/cluster.sh" controller "$work/slurm" on
    wait $!
    same controller 'the controller away for a while'
}

hang() {
    "$here/cluster.sh" controller "$work/slurm" hang
    run hang > "$work/hang.log" 2>&1 &
    sleep 14; "$here/cluster.sh" controller "$work/slurm" resume
    wait $!
    same hang 'the controller hangs while the array is submitted'
}

displaced() {
    trouble displaced 'partition: scavenge' 'sleep 60'
    troubled displaced &
    until_running displaced; sleep 2
    rm -f "$work/displaced/trouble"
    sbatch -N3 --exclusive -o /dev/null --wrap 'sleep 1' > /dev/null
    wait $!
    grep -q 'lost its place' "$work/displaced.log" || fail displaced 'no task was displaced'
    same displaced 'tasks that gave way to another job'
}

# Its time is up after a minute.
timed() {
    trouble timed 'time: 1' 'sleep 300'
    troubled timed &
    until_told timed 'again' $!
    rm -f "$work/timed/trouble"
    wait $!
    same timed 'a task whose time was up'
}

documents=${DOCUMENTS:-240}
project alone "$documents"
cp -r "$work/alone" "$work/source"
(cd "$work/alone" && "$tool" run pipelines/p.yaml --jobs 1 --quiet) || exit 1
if wanted late && ! command -v bindfs > /dev/null && command -v apt-get > /dev/null; then
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends bindfs > /dev/null 2>&1
fi
for situation in node plain killed detached stopped refused memory twice late task accepted unwilling packs; do
    if wanted $situation; then begin $situation; $situation & fi
done
wait
for situation in deaf controller hang; do
    if wanted $situation; then begin $situation; $situation; fi
done
for situation in displaced timed; do
    if named $situation; then begin $situation; $situation; fi
done
[ ! -e "$work/failed" ]
