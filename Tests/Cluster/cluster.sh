#!/bin/bash
# A Slurm cluster of three nodes on this machine, on loopback only, for run.sh. Everything is below one folder.
#
#   cluster.sh start DIR     exit code 3: this machine can't (no root, no namespaces, no packages, no loopback name)
#   cluster.sh stop DIR      ends the processes that `start` noted, and with the nodes what runs on them
#   cluster.sh node DIR N off|on          power failure of a node, and its return
#   cluster.sh node DIR N deaf|hears      the node answers nobody, and what runs on it goes on; its return
#   cluster.sh controller DIR off|on|hang|resume
set -u
PATH=$PATH:/usr/sbin:/sbin
cannot() { echo "cluster: $*" >&2; exit 3; }
action=$1 dir=$(realpath -m "$2")
shift 2
export SLURM_CONF=$dir/slurm.conf

# Starts a daemon in the background and notes its process under a name.
daemon() { # NAME COMMAND...
    local name=$1
    shift
    "$@" >> "$dir/log/$name.out" 2>&1 < /dev/null &
    echo $! > "$dir/pid/$name"
}
alive() { local id; id=$(cat "$dir/pid/$1" 2> /dev/null) && kill -0 "$id" 2> /dev/null; }
end() { # NAME [SIGNAL]
    local id i
    id=$(cat "$dir/pid/$1" 2> /dev/null) || return 0
    kill -"${2:-TERM}" "$id" 2> /dev/null
    for ((i = 0; i < 100; i++)); do kill -0 "$id" 2> /dev/null || break; sleep 0.1; done
    kill -KILL "$id" 2> /dev/null
    rm -f "$dir/pid/$1"
}
controller() { daemon controller slurmctld -D -f "$SLURM_CONF"; }
# A node is a process namespace: when its first process is killed, all that runs on the node is gone with it.
node() {
    daemon "$1" unshare --pid --fork --kill-child --mount --mount-proc \
        bash -c 'slurmd -D -N "$0" -f "$1" & trap : TERM; while :; do wait; sleep 0.2; done' "$1" "$SLURM_CONF"
}
wait_for() { # SECONDS COMMAND...
    local end=$((SECONDS + $1))
    shift
    until "$@"; do [ $SECONDS -lt $end ] || return 1; sleep 0.2; done
}
idle() { [ "$(timeout 3 sinfo -h -N -o %T 2> /dev/null | grep -cE '^(idle|mixed|allocated)$')" -ge "$1" ]; }

case $action in
start)
    [ "$(id -u)" = 0 ] || cannot 'needs root: each node has namespaces of its own'
    unshare --pid --fork --mount-proc true 2> /dev/null || cannot 'namespaces are not allowed here'
    address=$(getent ahostsv4 "$(hostname)" | awk 'NR == 1 { print $1 }')
    case $address in 127.*) ;; *) cannot "the name of this machine is no loopback address (${address:-none})" ;; esac
    missing=
    for pair in slurmctld:slurmctld slurmd:slurmd sbatch:slurm-client munged:munge; do
        command -v "${pair%:*}" > /dev/null || missing="$missing ${pair#*:}"
    done
    if [ -n "$missing" ]; then
        command -v apt-get > /dev/null || cannot "needs the packages$missing"
        { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing; } \
            > /dev/null 2>&1 || cannot "the packages$missing can't be installed"
    fi
    mkdir -p "$dir"/{pid,log,state,spool,munge}
    chmod 755 "$dir" "$dir/munge"
    chmod 700 "$dir/state"
    head -c 1024 /dev/urandom > "$dir/munge/key"
    chmod 400 "$dir/munge/key"
    ports=$(python3 -c '
import socket
held = [socket.socket() for _ in range(4)]
for each in held: each.bind(("127.0.0.1", 0))
print(*[each.getsockname()[1] for each in held])')
    set -- $ports
    {
        cat << CONF
ClusterName=test
SlurmctldHost=localhost($address)
SlurmctldPort=$1
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/munge/socket
CredType=cred/munge
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool/%n
SlurmctldPidFile=$dir/pid/slurmctld
SlurmdPidFile=$dir/pid/slurmd-%n
SlurmctldLogFile=$dir/log/controller.log
SlurmdLogFile=$dir/log/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmdParameters=config_overrides
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=1
JobAcctGatherParams=OverMemoryKill
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
SchedulerParameters=bf_interval=1,batch_sched_delay=0
ReturnToService=2
MessageTimeout=5
SlurmdTimeout=5
KillWait=2
InactiveLimit=0
CONF
        for k in 1 2 3; do
            shift
            echo "NodeName=node$k NodeHostname=localhost NodeAddr=$address Port=$1 CPUs=2 RealMemory=2000 State=UNKNOWN"
        done
        # jobs in 'scavenge' give way to those in 'normal'
        echo "PartitionName=normal Nodes=ALL Default=YES MaxTime=60 DefaultTime=10 DefMemPerCPU=500 PriorityTier=10 State=UP"
        echo "PartitionName=scavenge Nodes=ALL MaxTime=60 DefaultTime=10 DefMemPerCPU=500 PriorityTier=1 State=UP"
    } > "$SLURM_CONF"
    daemon munged munged --foreground --key-file "$dir/munge/key" --socket "$dir/munge/socket" \
        --pid-file "$dir/munge/pid" --log-file "$dir/log/munged.log" --seed-file "$dir/munge/seed"
    wait_for 10 test -S "$dir/munge/socket" || { "$0" stop "$dir"; cannot 'munged does not start'; }
    controller
    for k in 1 2 3; do node "node$k"; done
    wait_for 40 idle 3 || { tail -n 3 "$dir"/log/*.log >&2; "$0" stop "$dir"; cannot 'the nodes do not come up'; }
    ;;
stop)
    for k in 1 2 3; do end "node$k" KILL; done
    kill -CONT "$(cat "$dir/pid/controller" 2> /dev/null)" 2> /dev/null
    end controller
    end munged
    ;;
node)
    # the configuration has a path that no other cluster's has
    service=$(pgrep -f "^slurmd -D -N $1 -f $SLURM_CONF" | head -n 1)
    case $2 in
    off) end "$1" KILL ;;
    on) node "$1"; wait_for 40 idle 3 ;;
    deaf) kill -STOP "$service" ;;
    hears) kill -CONT "$service"; wait_for 40 idle 3 ;;
    esac
    ;;
controller)
    case $1 in
    off) end controller ;;
    on) controller; wait_for 40 idle 1 ;;
    hang) kill -STOP "$(cat "$dir/pid/controller")" ;;
    resume) kill -CONT "$(cat "$dir/pid/controller")"; wait_for 40 idle 1 ;;
    esac
    ;;
*) echo "cluster: unknown command $action" >&2; exit 2 ;;
esac
