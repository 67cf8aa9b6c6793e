/// What Slurm's words for a job mean here.
enum SlurmState {
    /// A state as `squeue` prints it in full, with the reason and the nodes that it prints beside it.
    static func meaning(of state: String, reason: String, node: String) -> TaskState {
        switch state {
        case "PENDING": .waiting(words(for: reason))
        case "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "SPECIAL_EXIT", "RESV_DEL_HOLD":
            .waiting("put back into the queue")
        case "CONFIGURING": .waiting("its machine is made ready")
        case "RUNNING", "COMPLETING", "SUSPENDED", "STOPPED", "RESIZING", "SIGNALING", "STAGE_OUT": .running(node)
        case "COMPLETED": .ended(.finished)
        case "OUT_OF_MEMORY": .ended(.outOfMemory)
        // What Slurm without cgroups says of a job that was killed, mostly for its memory.
        case "FAILED" where reason == "JobLaunchFailure": .ended(.failed("killed, perhaps for its memory"))
        case "FAILED" where reason == "NonZeroExitCode": .ended(.failed("its command ended with an error"))
        case "FAILED": .ended(.failed(reason == "None" ? "an error" : reason))
        case "TIMEOUT", "DEADLINE": .ended(.outOfTime)
        case "NODE_FAIL", "BOOT_FAIL": .ended(.displaced(node.isEmpty ? "its node failed" : "node \(node) failed"))
        case "PREEMPTED", "REVOKED": .ended(.displaced("another job took its place"))
        case "CANCELLED": .ended(.cancelled(""))
        default: .running(node)
        }
    }

    /// Why a job does not run yet, in words; a reason for which there are none stays as Slurm calls it.
    static func words(for reason: String) -> String {
        switch reason {
        case "Priority", "Resources", "None", "": "waits its turn"
        case "JobArrayTaskLimit": "waits for other tasks of the run ('at-most')"
        case "BeginTime": "held until a time that Slurm set"
        case "Dependency": "waits for another job"
        case "PartitionTimeLimit": "asks for more time than the partition allows: see 'time' in colophon.yaml"
        case "PartitionNodeLimit", "PartitionConfig", "BadConstraints":
            "asks for what the partition does not have: see 'cpus', 'memory' and 'options' in colophon.yaml"
        case "PartitionDown", "PartitionInactive": "the partition takes no jobs now: see 'partition' in colophon.yaml"
        case "ReqNodeNotAvail": "the node that it asks for is away: see 'options' in colophon.yaml"
        case "InvalidAccount", "AccountNotAllowed": "the account is not allowed: see 'account' in colophon.yaml"
        case "InvalidQOS": "the quality of service is not known: see 'options' in colophon.yaml"
        case "JobHeldUser", "JobHeldAdmin": "held: 'scontrol release' lets it go on"
        default:
            if reason.hasPrefix("Assoc") || reason.hasPrefix("QOS") {
                "a limit of the account is reached (\(reason))"
            } else if reason.hasPrefix("ReqNodeNotAvail") {
                "the node that it asks for is away (\(reason))"
            } else {
                "waits (\(reason))"
            }
        }
    }
}
