/** Fields of the types; the notation is explained in types.ts. */
export const containers = `
ResourceFieldSelector^ containerName=1:string resource!=2:string divisor=3:quantity
LocalObjectReference^ name=1:string
Container name!=1:string image=2:string command=3:[string] args=4:[string] workingDir=5:string
  ports=6:[ContainerPort]@containerPort,protocol envFrom=19:[EnvFromSource] env=7:[EnvVar]@name
  resources=8:ResourceRequirements resizePolicy=23:[ContainerResizePolicy] restartPolicy=24:*string
  restartPolicyRules=25:[ContainerRestartRule] volumeMounts=9:[VolumeMount]@mountPath
  volumeDevices=21:[VolumeDevice]@devicePath livenessProbe=10:Probe readinessProbe=11:Probe
  startupProbe=22:Probe lifecycle=12:Lifecycle terminationMessagePath=13:string
  terminationMessagePolicy=20:string imagePullPolicy=14:string securityContext=15:SecurityContext
  stdin=16:bool stdinOnce=17:bool tty=18:bool
ContainerPort name=1:string hostPort=2:int32 containerPort!=3:int32 protocol=4:string hostIP=5:string
EnvFromSource prefix=1:string configMapRef=2:ConfigMapEnvSource secretRef=3:SecretEnvSource
ConfigMapEnvSource name=1.1:string optional=2:*bool
SecretEnvSource name=1.1:string optional=2:*bool
EnvVar name!=1:string value=2:string valueFrom=3:EnvVarSource
EnvVarSource fieldRef=1:ObjectFieldSelector resourceFieldRef=2:ResourceFieldSelector
  configMapKeyRef=3:ConfigMapKeySelector secretKeyRef=4:SecretKeySelector fileKeyRef=5:FileKeySelector
ConfigMapKeySelector^ name=1.1:string key!=2:string optional=3:*bool
SecretKeySelector^ name=1.1:string key!=2:string optional=3:*bool
FileKeySelector^ volumeName!=1:string path!=2:string key!=3:string optional=4:*bool
ResourceRequirements limits=1:{quantity} requests=2:{quantity} claims=3:[ResourceClaim]@name
ResourceClaim name!=1:string request=2:string
ContainerRestartRule action!=1:string exitCodes=2:ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes operator!=1:string values=2:[int32]+
Probe exec=1.1:ExecAction httpGet=1.2:HTTPGetAction tcpSocket=1.3:TCPSocketAction grpc=1.4:GRPCAction
  initialDelaySeconds=2:int32 timeoutSeconds=3:int32 periodSeconds=4:int32 successThreshold=5:int32
  failureThreshold=6:int32 terminationGracePeriodSeconds=7:*int64
ExecAction command=1:[string]
HTTPGetAction path=1:string port!=2:intstr host=3:string scheme=4:string httpHeaders=5:[HTTPHeader]
  protocol=6:*string
HTTPHeader name!=1:string value!=2:string
TCPSocketAction port!=1:intstr host=2:string
GRPCAction port!=1:int32 service=2:*string mode=3:*string
Lifecycle postStart=1:LifecycleHandler preStop=2:LifecycleHandler stopSignal=3:*string
LifecycleHandler exec=1:ExecAction httpGet=2:HTTPGetAction tcpSocket=3:TCPSocketAction sleep=4:SleepAction
SleepAction seconds!=1:int64
SecurityContext capabilities=1:Capabilities privileged=2:*bool seLinuxOptions=3:SELinuxOptions
  windowsOptions=10:WindowsSecurityContextOptions runAsUser=4:*int64 runAsGroup=8:*int64
  runAsNonRoot=5:*bool readOnlyRootFilesystem=6:*bool allowPrivilegeEscalation=7:*bool procMount=9:*string
  seccompProfile=11:SeccompProfile appArmorProfile=12:AppArmorProfile
Capabilities add=1:[string] drop=2:[string]
SELinuxOptions user=1:string role=2:string type=3:string level=4:string
WindowsSecurityContextOptions gmsaCredentialSpecName=1:*string gmsaCredentialSpec=2:*string
  runAsUserName=3:*string hostProcess=4:*bool
SeccompProfile type!=1:string localhostProfile=2:*string
AppArmorProfile type!=1:string localhostProfile=2:*string
EphemeralContainer name!=1.1:string image=1.2:string command=1.3:[string] args=1.4:[string]
  workingDir=1.5:string ports=1.6:[ContainerPort]@containerPort,protocol envFrom=1.19:[EnvFromSource]
  env=1.7:[EnvVar]@name resources=1.8:ResourceRequirements resizePolicy=1.23:[ContainerResizePolicy]
  restartPolicy=1.24:*string restartPolicyRules=1.25:[ContainerRestartRule]
  volumeMounts=1.9:[VolumeMount]@mountPath volumeDevices=1.21:[VolumeDevice]@devicePath
  livenessProbe=1.10:Probe readinessProbe=1.11:Probe startupProbe=1.22:Probe lifecycle=1.12:Lifecycle
  terminationMessagePath=1.13:string terminationMessagePolicy=1.20:string imagePullPolicy=1.14:string
  securityContext=1.15:SecurityContext stdin=1.16:bool stdinOnce=1.17:bool tty=1.18:bool
  targetContainerName=2:string
ResourceStatus name!=1:string resources=2:[ResourceHealth]@resourceID
ResourceHealth resourceID!=1:string health=2:string message=6:*string
ContainerExtendedResourceRequest containerName!=1:string resourceName!=2:string requestName!=3:string
`;
