/** Fields of the types; the notation is explained in types.ts. */
export const core = `
Namespace apiVersion:string kind:string metadata=1:ObjectMeta spec=2:NamespaceSpec
  status=3:NamespaceStatus
NamespaceSpec finalizers=1:[string]
NamespaceStatus phase=1:string conditions=2:[NamespaceCondition]@type
NamespaceCondition type!=1:string status!=2:string lastTransitionTime=4:time reason=5:string
  message=6:string
Node apiVersion:string kind:string metadata=1:ObjectMeta spec=2:NodeSpec status=3:NodeStatus
NodeSpec podCIDR=1:string podCIDRs=7:[string]+ providerID=3:string unschedulable=4:bool taints=5:[Taint]
Taint key!=1:string value=2:string effect!=3:string timeAdded=4:time
NodeStatus capacity=1:{quantity} allocatable=2:{quantity} phase=3:string conditions=4:[NodeCondition]@type
  addresses=5:[NodeAddress]@type daemonEndpoints=6:NodeDaemonEndpoints nodeInfo=7:NodeSystemInfo
  images=8:[ContainerImage] volumesInUse=9:[string]
NodeCondition type!=1:string status!=2:string lastHeartbeatTime=3:time lastTransitionTime=4:time
  reason=5:string message=6:string
NodeAddress type!=1:string address!=2:string
NodeDaemonEndpoints kubeletEndpoint=1:DaemonEndpoint
DaemonEndpoint Port!=1:int32
NodeSystemInfo machineID!=1:string systemUUID!=2:string bootID!=3:string kernelVersion!=4:string
  osImage!=5:string containerRuntimeVersion!=6:string kubeletVersion!=7:string kubeProxyVersion!=8:string
  operatingSystem!=9:string architecture!=10:string swap=11:NodeSwapStatus
NodeSwapStatus capacity=1:*int64
ContainerImage names=1:[string] sizeBytes=2:int64
EvictionResponder^ name!=1:string priority!=2:*int32
NodeAllocatableResourceClaimStatus resourceClaimName!=1:string containers=2:[string]+
  mapping=4:[NodeAllocatableMappedResources]@name overhead=5:[NodeAllocatableOverheadResources]@name
NodeAllocatableMappedResources name!=1:string quantity!=2:quantity
NodeAllocatableOverheadResources name!=1:string perPod=2:quantity perContainer=3:quantity
Service apiVersion:string kind:string metadata=1:ObjectMeta spec=2:ServiceSpec status=3:ServiceStatus
ServiceSpec ports=1:[ServicePort]@port,protocol selector=2:{string}^ clusterIP=3:string
  clusterIPs=18:[string] type=4:string externalIPs=5:[string] sessionAffinity=7:string
  loadBalancerIP=8:string loadBalancerSourceRanges=9:[string] externalName=10:string
  externalTrafficPolicy=11:string healthCheckNodePort=12:int32 publishNotReadyAddresses=13:bool
  sessionAffinityConfig=14:SessionAffinityConfig ipFamilies=19:[string] ipFamilyPolicy=17:*string
  allocateLoadBalancerNodePorts=20:*bool loadBalancerClass=21:*string internalTrafficPolicy=22:*string
  trafficDistribution=23:*string
ServicePort name=1:string protocol=2:string appProtocol=6:*string port!=3:int32 targetPort=4:intstr
  nodePort=5:int32
SessionAffinityConfig clientIP=1:ClientIPConfig
ClientIPConfig timeoutSeconds=1:*int32
ServiceStatus loadBalancer=1:LoadBalancerStatus conditions=2:[Condition]@type
LoadBalancerStatus ingress=1:[LoadBalancerIngress]
LoadBalancerIngress ip=1:string hostname=2:string ipMode=3:*string ports=4:[PortStatus]
PortStatus port!=1:int32 protocol!=2:string error=3:*string
Endpoints apiVersion:string kind:string metadata=1:ObjectMeta subsets=2:[EndpointSubset]
EndpointSubset addresses=1:[EndpointAddress] notReadyAddresses=2:[EndpointAddress] ports=3:[EndpointPort]
EndpointAddress^ ip!=1:string hostname=3:string nodeName=4:*string targetRef=2:ObjectReference
ObjectReference^ kind=1:string namespace=2:string name=3:string uid=4:string apiVersion=5:string
  resourceVersion=6:string fieldPath=7:string
EndpointPort^ name=1:string port!=2:int32 protocol=3:string appProtocol=4:*string
ConfigMap apiVersion:string kind:string metadata=1:ObjectMeta immutable=4:*bool data=2:{string}
  binaryData=3:{bytes}
Secret apiVersion:string kind:string metadata=1:ObjectMeta immutable=5:*bool data=2:{bytes}
  stringData=4:{string} type=3:string
Event apiVersion:string kind:string metadata!=1:ObjectMeta involvedObject!=2:ObjectReference
  reason=3:string message=4:string source=5:EventSource firstTimestamp=6:time lastTimestamp=7:time
  count=8:int32 type=9:string eventTime=10:microtime series=11:EventSeries action=12:string
  related=13:ObjectReference reportingComponent=14:string reportingInstance=15:string
EventSource component=1:string host=2:string
EventSeries count=1:int32 lastObservedTime=2:microtime
ServiceAccount apiVersion:string kind:string metadata=1:ObjectMeta secrets=2:[ObjectReference]@name
  imagePullSecrets=3:[LocalObjectReference] automountServiceAccountToken=4:*bool
CustomResourceDefinition apiVersion:string kind:string metadata=1:ObjectMeta spec:any
Lease apiVersion:string kind:string metadata=1:ObjectMeta spec=2:LeaseSpec
LeaseSpec holderIdentity=1:*string leaseDurationSeconds=2:*int32 acquireTime=3:microtime renewTime=4:microtime
  leaseTransitions=5:*int32
Binding apiVersion:string kind:string metadata=1:ObjectMeta target!=2:ObjectReference
`;
