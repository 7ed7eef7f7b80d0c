/** Fields of the types; the notation is explained in types.ts. */
export const apps = `
Deployment apiVersion:string kind:string metadata=1:ObjectMeta spec!=2:DeploymentSpec
  status=3:DeploymentStatus
DeploymentSpec replicas=1:*int32 selector!=2:LabelSelector template!=3:PodTemplateSpec
  strategy=4:DeploymentStrategy minReadySeconds=5:int32 revisionHistoryLimit=6:*int32 paused=7:bool
  progressDeadlineSeconds=9:*int32
DeploymentStrategy type=1:string rollingUpdate=2:RollingUpdateDeployment
RollingUpdateDeployment maxUnavailable=1:intstr maxSurge=2:intstr
DeploymentStatus observedGeneration=1:int64 replicas=2:int32 updatedReplicas=3:int32 readyReplicas=7:int32
  availableReplicas=4:int32 unavailableReplicas=5:int32 terminatingReplicas=9:*int32
  conditions=6:[DeploymentCondition]@type collisionCount=8:*int32
DeploymentCondition type=1:string status=2:string lastUpdateTime=6:time lastTransitionTime=7:time
  reason=4:string message=5:string
ReplicaSet apiVersion:string kind:string metadata=1:ObjectMeta spec!=2:ReplicaSetSpec
  status=3:ReplicaSetStatus
ReplicaSetSpec replicas=1:*int32 minReadySeconds=4:int32 selector!=2:LabelSelector
  template=3:PodTemplateSpec
ReplicaSetStatus replicas!=1:int32 fullyLabeledReplicas=2:int32 readyReplicas=4:int32
  availableReplicas=5:int32 terminatingReplicas=7:*int32 observedGeneration=3:int64
  conditions=6:[ReplicaSetCondition]@type
ReplicaSetCondition type=1:string status=2:string lastTransitionTime=3:time reason=4:string
  message=5:string
DaemonSet apiVersion:string kind:string metadata=1:ObjectMeta spec!=2:DaemonSetSpec
  status=3:DaemonSetStatus
DaemonSetSpec selector!=1:LabelSelector template!=2:PodTemplateSpec
  updateStrategy=3:DaemonSetUpdateStrategy minReadySeconds=4:int32 revisionHistoryLimit=6:*int32
DaemonSetUpdateStrategy type=1:string rollingUpdate=2:RollingUpdateDaemonSet
RollingUpdateDaemonSet maxUnavailable=1:intstr maxSurge=2:intstr
DaemonSetStatus currentNumberScheduled!=1:int32 numberMisscheduled!=2:int32
  desiredNumberScheduled!=3:int32 numberReady!=4:int32 observedGeneration=5:int64
  updatedNumberScheduled=6:int32 numberAvailable=7:int32 numberUnavailable=8:int32 collisionCount=9:*int32
  conditions=10:[DaemonSetCondition]@type
DaemonSetCondition type=1:string status=2:string lastTransitionTime=3:time reason=4:string
  message=5:string
StatefulSet apiVersion:string kind:string metadata=1:ObjectMeta spec!=2:StatefulSetSpec
  status=3:StatefulSetStatus
StatefulSetSpec replicas=1:*int32 selector!=2:LabelSelector template!=3:PodTemplateSpec serviceName=5:string
  podManagementPolicy=6:string updateStrategy=7:StatefulSetUpdateStrategy revisionHistoryLimit=8:*int32
  minReadySeconds=9:int32 ordinals=11:StatefulSetOrdinals
StatefulSetUpdateStrategy type=1:string rollingUpdate=2:RollingUpdateStatefulSetStrategy
RollingUpdateStatefulSetStrategy partition=1:*int32 maxUnavailable=2:intstr
StatefulSetOrdinals start=1:int32
StatefulSetStatus observedGeneration=1:*int64 replicas!=2:int32 readyReplicas=3:int32 currentReplicas=4:int32
  updatedReplicas=5:int32 currentRevision=6:string updateRevision=7:string collisionCount=9:*int32
  availableReplicas=11:int32
Job apiVersion:string kind:string metadata=1:ObjectMeta spec=2:JobSpec status=3:JobStatus
JobSpec parallelism=1:*int32 completions=2:*int32 activeDeadlineSeconds=3:*int64 selector=4:LabelSelector
  manualSelector=5:*bool template!=6:PodTemplateSpec backoffLimit=7:*int32 ttlSecondsAfterFinished=8:*int32
  completionMode=9:*string suspend=10:*bool podReplacementPolicy=14:*string
JobStatus conditions=1:[JobCondition]^ startTime=2:time completionTime=3:time active=4:int32 succeeded=5:int32
  failed=6:int32 ready=9:*int32 terminating=11:*int32
JobCondition type!=1:string status!=2:string lastProbeTime=3:time lastTransitionTime=4:time reason=5:string
  message=6:string
Scale apiVersion:string kind:string metadata=1:ObjectMeta spec=2:ScaleSpec status=3:ScaleStatus
ScaleSpec replicas=1:int32
ScaleStatus replicas!=1:int32 selector=2:string
`;
