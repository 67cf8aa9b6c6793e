#!/bin/bash
# Runs pipelines on a real Slurm of this machine, with its faults, and compares every byte with a run without it.
#
#   Tests/Cluster/run.sh [--require] TOOL
#
# Where no Slurm can run here, it says so and succeeds; with --require it fails.
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
failed=0

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
# Compares a project with what a run without tasks gave.
same() { # NAME WHAT
    if diff -r -x '*.sqlite*' -x changes.md "$work/alone/outputs" "$work/$1/outputs" > "$work/diff" &&
        cmp "$work/alone/pipelines/p.lock" "$work/$1/pipelines/p.lock" && [ ! -e "$work/$1/.colophon/tasks" ]; then
        echo "cluster: $2: the same bytes (${SECONDS} s)"
    else
        echo "cluster: $2: DIFFERENT"; find "$work/$1/.colophon/tasks" 2> /dev/null | head -n 5; head -n 5 "$work/diff"; tail -n 5 "$work/$1.log"
        failed=1
    fi
}
running() { squeue -h -t running -o %A | grep -q .; }
until_running() { local k; for ((k = 0; k < 300; k++)); do running && return; sleep 0.1; done; }

project alone "${DOCUMENTS:-240}"
cp -r "$work/alone" "$work/source"
(cd "$work/alone" && "$tool" run pipelines/p.yaml --jobs 1 --quiet) || exit 1
begin() { rm -rf "${work:?}/$1"; cp -r "$work/source" "$work/$1"; }

begin plain
run plain > "$work/plain.log" 2>&1
same plain 'an array for each pass'

begin node
run node > "$work/node.log" 2>&1 &
until_running; "$here/cluster.sh" node "$work/slurm" node2 off
wait $!
same node 'a node off in the middle'
"$here/cluster.sh" node "$work/slurm" node2 on

begin controller
run controller > "$work/controller.log" 2>&1 &
until_running; "$here/cluster.sh" controller "$work/slurm" off; sleep 12; "$here/cluster.sh" controller "$work/slurm" on
wait $!
same controller 'the controller away for a while'

begin hang
"$here/cluster.sh" controller "$work/slurm" hang
run hang > "$work/hang.log" 2>&1 &
sleep 14; "$here/cluster.sh" controller "$work/slurm" resume
wait $!
same hang 'the controller hangs while the array is submitted'

begin killed
for pause in 0.5 1.5 3 6; do
    (cd "$work/killed" && exec "$tool" run pipelines/p.yaml --on slurm --force-tasks) > "$work/killed.log" 2>&1 &
    coordinator=$!
    sleep $pause; kill -KILL $coordinator; wait $coordinator 2> /dev/null
done
run killed > "$work/killed.log" 2>&1
same killed 'the run killed four times'

begin detached
for k in 1 2 3 4 5 6 7 8 9 10 11 12; do
    run detached --detach > "$work/detached.log" 2>&1 || break
    grep -q '^submitted' "$work/detached.log" || break
    sleep 3
done
same detached 'a run that leaves and comes back'

begin stopped
(cd "$work/stopped" && exec "$tool" run pipelines/p.yaml --on slurm --force-tasks) > "$work/stopped.log" 2>&1 &
coordinator=$!
until_running; kill -INT $coordinator; wait $coordinator
sleep 3
if squeue -h -t pending,running -o %A | grep -q .; then echo 'cluster: Ctrl-C left jobs running'; failed=1; fi
run stopped > "$work/stopped.log" 2>&1
same stopped 'a run that was stopped'

begin refused
sed -i 's/memory: 500M/partition: nosuch/' "$work/refused/colophon.yaml"
if run refused > "$work/refused.log" 2>&1 || ! grep -q "'partition'" "$work/refused.log"; then
    echo 'cluster: a partition that there is not is not told of'; failed=1
fi
exit $failed
