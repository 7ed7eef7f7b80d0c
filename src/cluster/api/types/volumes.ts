/** Fields of the types; the notation is explained in types.ts. */
export const volumes = `
Volume name!=1:string hostPath=2.1:HostPathVolumeSource emptyDir=2.2:EmptyDirVolumeSource
  gitRepo=2.5:GitRepoVolumeSource secret=2.6:SecretVolumeSource nfs=2.7:NFSVolumeSource
  persistentVolumeClaim=2.10:PersistentVolumeClaimVolumeSource downwardAPI=2.16:DownwardAPIVolumeSource
  configMap=2.19:ConfigMapVolumeSource projected=2.26:ProjectedVolumeSource csi=2.28:CSIVolumeSource
  ephemeral=2.29:EphemeralVolumeSource image=2.30:ImageVolumeSource
HostPathVolumeSource path!=1:string type=2:*string
EmptyDirVolumeSource medium=1:string sizeLimit=2:quantity mode=3:*int32
GitRepoVolumeSource repository!=1:string revision=2:string directory=3:string
SecretVolumeSource secretName=1:string items=2:[KeyToPath] defaultMode=3:*int32 optional=4:*bool
  defaultUser=5:*int64
KeyToPath key!=1:string path!=2:string mode=3:*int32 user=4:*int64
NFSVolumeSource server!=1:string path!=2:string readOnly=3:bool
PersistentVolumeClaimVolumeSource claimName!=1:string readOnly=2:bool
DownwardAPIVolumeSource items=1:[DownwardAPIVolumeFile] defaultMode=2:*int32 defaultUser=3:*int64
DownwardAPIVolumeFile path!=1:string fieldRef=2:ObjectFieldSelector
  resourceFieldRef=3:ResourceFieldSelector mode=4:*int32 user=5:*int64
ObjectFieldSelector^ apiVersion=1:string fieldPath!=2:string
ConfigMapVolumeSource name=1.1:string items=2:[KeyToPath] defaultMode=3:*int32 optional=4:*bool
  defaultUser=5:*int64
ProjectedVolumeSource sources=1:[VolumeProjection] defaultMode=2:*int32 defaultUser=3:*int64
VolumeProjection secret=1:SecretProjection downwardAPI=2:DownwardAPIProjection
  configMap=3:ConfigMapProjection serviceAccountToken=4:ServiceAccountTokenProjection
  clusterTrustBundle=5:ClusterTrustBundleProjection podCertificate=6:PodCertificateProjection
SecretProjection name=1.1:string items=2:[KeyToPath] optional=4:*bool
DownwardAPIProjection items=1:[DownwardAPIVolumeFile]
ConfigMapProjection name=1.1:string items=2:[KeyToPath] optional=4:*bool
ServiceAccountTokenProjection audience=1:string expirationSeconds=2:*int64 path!=3:string user=4:*int64
ClusterTrustBundleProjection name=1:*string signerName=2:*string labelSelector=3:LabelSelector
  optional=5:*bool path!=4:string user=6:*int64
PodCertificateProjection signerName!=1:string keyType!=2:string maxExpirationSeconds=3:*int32
  credentialBundlePath=4:string keyPath=5:string certificateChainPath=6:string userAnnotations=7:{string}
  user=8:*int64
CSIVolumeSource driver!=1:string readOnly=2:*bool fsType=3:*string volumeAttributes=4:{string}
  nodePublishSecretRef=5:LocalObjectReference
EphemeralVolumeSource volumeClaimTemplate=1:PersistentVolumeClaimTemplate
PersistentVolumeClaimTemplate metadata=1:ObjectMeta spec!=2:PersistentVolumeClaimSpec
PersistentVolumeClaimSpec accessModes=1:[string] selector=4:LabelSelector
  resources=2:VolumeResourceRequirements volumeName=3:string storageClassName=5:*string
  volumeMode=6:*string dataSource=7:TypedLocalObjectReference dataSourceRef=8:TypedObjectReference
  volumeAttributesClassName=9:*string
VolumeResourceRequirements limits=1:{quantity} requests=2:{quantity}
TypedLocalObjectReference^ apiGroup=1:*string kind!=2:string name!=3:string
TypedObjectReference apiGroup=1:*string kind!=2:string name!=3:string namespace=4:*string
ImageVolumeSource reference=1:string pullPolicy=2:string
VolumeMount name!=1:string readOnly=2:bool recursiveReadOnly=7:*string mountPath!=3:string
  subPath=4:string mountPropagation=5:*string subPathExpr=6:string bindMountOptions=8:[string]+
VolumeDevice name!=1:string devicePath!=2:string
VolumeMountStatus name!=1:string mountPath!=2:string readOnly=3:bool recursiveReadOnly=4:*string
  volumeStatus=5:VolumeStatus
VolumeStatus image=1:ImageVolumeStatus
VolumeHealthCondition status!=1:string reason!=2:string message=3:string
`;
